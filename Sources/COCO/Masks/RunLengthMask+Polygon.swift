extension RunLengthMask {
  /// The furthest that a corner may be from 0, in pixels; further ones give an error.
  public static let furthestCoordinate = 1e7

  /// Creates the mask of one closed ring x0 y0 x1 y1 … in pixels: pycocotools' `frPoly`.
  ///
  /// Overlapping parts of the ring cancel (even–odd rule). Fewer than three corners give an empty
  /// mask, where pycocotools' `frPyObjects` stops; parts outside the image are clipped.
  ///
  /// - Throws: A `MaskError` for a coordinate that is not finite or beyond `furthestCoordinate`,
  ///   and for an impossible size.
  public init(
    ring: UnsafeBufferPointer<Double>, height: Int, width: Int
  ) throws(MaskError) {
    let raster = try RingRaster(ring: ring, height: height, width: width)
    self.init(height: height, width: width, counts: raster.runs())
  }

  /// The mask of one closed ring x0 y0 x1 y1 …, as for a buffer of coordinates.
  public init(ring: [Double], height: Int, width: Int) throws(MaskError) {
    self = try ring.withUnsafeBufferPointer { ring throws(MaskError) in
      try RunLengthMask(ring: ring, height: height, width: width)
    }
  }

  /// The union of the rings' masks: pycocotools' `annToRLE` for polygons.
  ///
  /// No rings give an empty mask. Throws as for one ring.
  public init(polygons: Polygons, height: Int, width: Int) throws(MaskError) {
    let pixelCount = try RunLengthMask.pixelCount(height: height, width: width)
    var masks: [RunLengthMask] = []
    try RunLengthMask.forEachRing(of: polygons) { ring throws(MaskError) in
      masks.append(try RunLengthMask(ring: ring, height: height, width: width))
    }
    self =
      masks.isEmpty
      ? RunLengthMask(height: height, width: width, counts: [UInt32(pixelCount)])
      : try RunLengthMask.union(masks)
  }

  /// The mask of a box: pycocotools' `frBbox`.
  ///
  /// A pixel belongs to it if its middle lies in the box, to the nearest fifth of a pixel. Throws
  /// as for a ring.
  public init(box: Box, height: Int, width: Int) throws(MaskError) {
    let corners = [box.x0, box.y0, box.x0, box.y1, box.x1, box.y1, box.x1, box.y0]
    try self.init(ring: corners, height: height, width: width)
  }

  /// Returns the number of pixels that the rings cover together: pycocotools' `area` of `annToRLE`.
  ///
  /// For a single ring no mask is made.
  ///
  /// - Throws: The errors of `init(polygons:height:width:)`.
  public static func area(
    of polygons: Polygons, height: Int, width: Int
  ) throws(MaskError) -> Int {
    guard polygons.count == 1 else {
      return try RunLengthMask(polygons: polygons, height: height, width: width).area
    }
    var area = 0
    try forEachRing(of: polygons) { ring throws(MaskError) in
      area = try RingRaster(ring: ring, height: height, width: width).area()
    }
    return area
  }

  /// Calls `body` with each ring up to the first error, which it throws.
  @inline(__always)
  private static func forEachRing(
    of polygons: Polygons, body: (UnsafeBufferPointer<Double>) throws(MaskError) -> Void
  ) throws(MaskError) {
    var failure: MaskError?
    polygons.forEachRing { ring in
      guard failure == nil else { return }
      do throws(MaskError) { try body(ring) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
