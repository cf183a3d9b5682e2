import COCO

/// See `summary`.
struct ImageSizeMismatch: ImageRule {
  static let kind = FaultKind.imageSizeMismatch
  static let fixability = Fixability.safe
  static let summary = "an image whose width and height differ from its file's"
  static let explanation = """
    Boxes are scaled by the recorded size and drawn on the image in the file, so if the two sizes \
    differ every box is off. The fix records the file's size. No fix is offered if the recorded \
    size is the one before EXIF rotation, since the boxes may have been drawn on the unrotated \
    image, or if a box fits the recorded size but not the file's: the image was then resized after \
    it was annotated, and the boxes need to be scaled.
    """
  static let examples = [
    Example.flags(
      "an image resized after annotation",
      .example(.object(1, 2, 2, 9, 9), images: [.example(width: 640, height: 480)]),
      pictures: [PictureFacts(path: "beach.jpg", width: 64, height: 48)],
      fixed: .example(.object(1, 2, 2, 9, 9))),
    Example.flags(
      "an image scaled down, as its box reveals",
      .example(.object(1, 400, 100, 90, 90), images: [.example(width: 640, height: 480)]),
      pictures: [PictureFacts(path: "beach.jpg", width: 64, height: 48)]),
    Example.flags(
      "the size before EXIF rotation", .example(.object(1, 2, 2, 9, 9)),
      pictures: [.example(width: 48, height: 64, orientation: 6)]),
    Example.allows(
      "the file's size", .example(.object(1, 2, 2, 9, 9)), pictures: [.example()]),
    Example.allows("an image whose file is not available", .example(), pictures: [nil]),
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
