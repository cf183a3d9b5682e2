import COCO

/// See `summary`.
struct ZeroImageSize: ImageRule {
  static let kind = FaultKind.zeroImageSize
  static let fixability = Fixability.safe
  static let summary = "an image whose width or height is not positive"
  static let explanation = """
    Without a size no box can be checked or normalised, and no mask can be drawn. The fix takes \
    the size from the image's file; without the file there is no fix.
    """
  static let examples = [
    Example.flags(
      "no size, with the file available", .example(images: [.example(width: 0, height: 0)]),
      pictures: [PictureFacts(path: "beach.jpg", width: 64, height: 48)],
      fixed: .example(images: [.example()])),
    Example.flags(
      "no size, without the file", .example(images: [.example(width: 64, height: -1)])),
    Example.allows("a recorded size", .example(images: [.example()])),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    let image = view.image
    guard image.width <= 0 || image.height <= 0 else { return }
    guard let picture = view.picture else {
      return faults.add(.zeroImageSize(image), image: view.index, of: view.set)
    }
    let message =
      "expected a width and height, found \(image.width)×\(image.height); the file is "
      + "\(picture.width)×\(picture.height)"
    let fix = Fix(
      "take the size from the file", isSafe: true,
      edits: [.setSize(width: picture.width, height: picture.height)])
    faults.add(fault(message, .width, fix: fix), image: view.index, of: view.set)
  }
}
