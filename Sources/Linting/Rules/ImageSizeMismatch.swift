import COCO

/// See `summary`.
struct ImageSizeMismatch: ImageRule {
  static let kind = FaultKind.imageSizeMismatch
  static let fixability = Fixability.safe
  static let summary = "an image whose width and height are not its picture's"
  static let explanation = """
    Boxes are scaled by the size that the annotation gives and drawn on the picture that the file \
    holds; where the two differ every box is off. The fix takes the file's size. Where the annotation \
    gives the size before EXIF turns the picture, no fix is offered: the boxes may have been drawn on \
    the picture that lay on its side.
    """
  static let examples = [
    Example.flags(
      "a picture that was scaled after it was annotated",
      .example(.object(1, 2, 2, 9, 9), images: [.example(width: 640, height: 480)]),
      pictures: [PictureFacts(path: "beach.jpg", width: 64, height: 48)],
      mended: .example(.object(1, 2, 2, 9, 9))),
    Example.flags(
      "the size before EXIF turns it", .example(.object(1, 2, 2, 9, 9)),
      pictures: [.example(width: 48, height: 64, orientation: 6)]),
    Example.allows(
      "the picture's size", .example(.object(1, 2, 2, 9, 9)), pictures: [.example()]),
    Example.allows("a picture that is not at hand", .example(), pictures: [nil]),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    let image = view.image
    guard let picture = view.picture, image.width > 0, image.height > 0,
      image.width != picture.width || image.height != picture.height
    else { return }
    let fault = Fault.imageSizeMismatch(
      claimed: (image.width, image.height), file: (picture.width, picture.height),
      stored: (picture.storedWidth, picture.storedHeight))
    faults.add(fault, image: view.index, of: view.set)
  }
}
