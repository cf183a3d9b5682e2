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
    the picture that lay on its side; nor where a box fits the size that is given and not the file's: \
    then the picture was resized after it was annotated, and the boxes are to be scaled.
    """
  static let examples = [
    Example.flags(
      "a picture that was scaled after it was annotated",
      .example(.object(1, 2, 2, 9, 9), images: [.example(width: 640, height: 480)]),
      pictures: [PictureFacts(path: "beach.jpg", width: 64, height: 48)],
      mended: .example(.object(1, 2, 2, 9, 9))),
    Example.flags(
      "a picture that was made smaller, whose box shows it",
      .example(.object(1, 400, 100, 90, 90), images: [.example(width: 640, height: 480)]),
      pictures: [PictureFacts(path: "beach.jpg", width: 64, height: 48)]),
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
    var fault = Fault.imageSizeMismatch(
      claimed: (image.width, image.height), file: (picture.width, picture.height),
      stored: (picture.storedWidth, picture.storedHeight))
    if view.hasBoxOfClaimedSize {
      fault.fixes = []
      fault.message += "; its boxes need the size that the annotation says"
    }
    faults.add(fault, image: view.index, of: view.set)
  }
}

extension ImageView {
  /// Whether a box lies on the image by the size in the record, and not by the file's.
  fileprivate var hasBoxOfClaimedSize: Bool {
    annotations.contains { self.set.isOfClaimedSize(self.set.dataset.annotations[Int($0)], index) }
  }
}

extension DatasetView {
  /// Returns whether the annotation's box lies on the image at a position by the size in the
  /// record, and not by the file's: no fix may clip or remove it.
  func isOfClaimedSize(_ annotation: Annotation, _ position: Int) -> Bool {
    let image = dataset.images[position]
    guard let picture = picture(ofImage: position), image.width > 0, image.height > 0,
      image.width != picture.width || image.height != picture.height,
      BoxCondition(annotation.box, width: Double(image.width), height: Double(image.height))
        == .sound
    else { return false }
    switch BoxCondition(
      annotation.box, width: Double(picture.width), height: Double(picture.height))
    {
    case .outside, .pastEdge: return true
    default: return false
    }
  }
}
