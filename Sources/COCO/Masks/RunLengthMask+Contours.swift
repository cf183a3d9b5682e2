extension RunLengthMask {
  /// The mask's outline as closed rings along the edges of its pixels.
  ///
  /// Corners are whole numbers: the pixel in column x and row y covers x … x + 1 and y … y + 1.
  /// Each part that hangs together by pixels' sides is one ring, clockwise as seen on the picture,
  /// by the place of its upper left corner; parts that touch only at a corner are rings of their
  /// own. COCO's polygons know no holes: a hole is joined to the ring around it by a bridge
  /// without width, straight up from its upper left corner, which is passed once in each
  /// direction. So a ring's shoelace area is its number of pixels, and `init(polygons:)` gives
  /// back the very mask, holes included. An empty mask has no rings.
  ///
  /// Throws where the runs do not cover the picture, or where more than `mostPixels` pixels lie
  /// in the box around the mask.
  public func polygons() throws(MaskError) -> Polygons {
    try validate()
    guard let bounds else { return Polygons([]) }
    guard bounds.width * bounds.height <= RunLengthMask.mostPixels else {
      throw .tooManyPixels(bounds.width * bounds.height)
    }
    var tracer = ContourTracer(mask: self, bounds: bounds)
    return Polygons(tracer.rings())
  }
}
