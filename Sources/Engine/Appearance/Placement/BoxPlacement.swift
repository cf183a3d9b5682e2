/// The ways in which boxes may be misplaced, each undone to test whether they fit then.
enum BoxPlacement: CaseIterable, Sendable {
  case asGiven, mirrored, upsideDown, turnedByHalf, turnedLeft, turnedRight, axesExchanged
  case halfAPictureAside, halved, doubled, cornersAsSizes, sizesAsCorners, centresAsCorners
  case cornersAsCentres

  /// The fault of the boxes if they fit once this is undone.
  var fault: String {
    switch self {
    case .asGiven: "boxes are where they should be"
    case .mirrored: "boxes are mirrored, left and right exchanged"
    case .upsideDown: "boxes are upside down"
    case .turnedByHalf: "boxes are turned by 180°, as where an EXIF orientation was not applied"
    case .turnedLeft, .turnedRight:
      "boxes are turned by 90°, as where an EXIF orientation was not applied"
    case .axesExchanged: "x and y are exchanged"
    case .halfAPictureAside: "boxes are shifted by half an image"
    case .halved: "coordinates are of images half as large"
    case .doubled: "coordinates are of images twice as large"
    case .cornersAsSizes: "right and lower edges were read as widths and heights"
    case .sizesAsCorners: "widths and heights were read as right and lower edges"
    case .centresAsCorners: "centres were read as upper left corners"
    case .cornersAsCentres: "upper left corners were read as centres"
    }
  }

  /// Returns the correct place of a box that was misplaced in this way; nil if it cannot be
  /// determined, because it was clipped, or if it lies outside the image.
  func righted(_ box: RelativeBox, in picture: PictureSides) -> RelativeBox? {
    moved(box, in: picture)?.clipped(to: picture)
  }

  private func moved(_ box: RelativeBox, in picture: PictureSides) -> RelativeBox? {
    let (x0, y0, x1, y1) = (box.x0, box.y0, box.x1, box.y1)
    let (width, height) = (box.width, box.height)
    switch self {
    case .asGiven: return box
    case .mirrored: return RelativeBox(1 - x1, y0, 1 - x0, y1)
    case .upsideDown: return RelativeBox(x0, 1 - y1, x1, 1 - y0)
    case .turnedByHalf: return RelativeBox(1 - x1, 1 - y1, 1 - x0, 1 - y0)
    case .turnedLeft: return RelativeBox(1 - y1, x0, 1 - y0, x1)
    case .turnedRight: return RelativeBox(y0, 1 - x1, y1, 1 - x0)
    case .axesExchanged:
      let aspect = picture.height / picture.width
      return RelativeBox(y0 * aspect, x0 / aspect, y1 * aspect, x1 / aspect)
    case .halfAPictureAside:
      let (x, y) = box.centre
      return RelativeBox(
        around: (x < 0.5 ? x + 0.5 : x - 0.5, y < 0.5 ? y + 0.5 : y - 0.5), width: width,
        height: height)
    case .halved: return RelativeBox(x0 * 2, y0 * 2, x1 * 2, y1 * 2)
    case .doubled: return RelativeBox(x0 / 2, y0 / 2, x1 / 2, y1 / 2)
    case .cornersAsSizes:
      let isCut = x1 > 0.998 || y1 > 0.998
      return isCut || width <= x0 || height <= y0 ? nil : RelativeBox(x0, y0, width, height)
    case .sizesAsCorners: return RelativeBox(x0, y0, x0 + x1, y0 + y1)
    case .centresAsCorners:
      return RelativeBox(x0 - width / 2, y0 - height / 2, x1 - width / 2, y1 - height / 2)
    case .cornersAsCentres:
      return RelativeBox(x0 + width / 2, y0 + height / 2, x1 + width / 2, y1 + height / 2)
    }
  }
}
