import COCO

/// See `summary`.
struct DuplicateFileName: DatasetRule {
  static let kind = FaultKind.duplicateFileName
  static let scope = RuleScope.images
  static let summary = "two images with the same file name in a split"
  static let explanation = """
    The image is listed twice in the split under two ids, each with its own annotations or with \
    half of them. In training each record teaches that the other's objects are background, and in \
    evaluation a detection matched on one counts as false on the other. Assign all annotations to \
    one of the two and remove the other. Images that also share their id are reported as \
    `duplicate-image-id`.
    """
  static let examples = [
    Example.flags(
      "an image under two ids",
      .example(
        .object(1, 2, 2, 9, 9, image: 1), .object(2, 30, 20, 12, 8, image: 2),
        images: [.example(1), .example(2)])),
    Example.allows(
      "the same file name in two folders",
      .example(images: [.example(1, "a/1.jpg"), .example(2, "b/1.jpg")])),
  ]

  func check(_ set: DatasetView, into faults: inout Faults) {
    let images = set.dataset.images
    var firsts = FirstNames(count: images.count)
    for index in images.indices where !images[index].fileName.isEmpty {
      // Strings are equal where only their Unicode form differs; files are not.
      guard
        let first = firsts.first(
          of: images[index].fileName, at: index, known: { images[$0].fileName }),
        images[first].id != images[index].id,
        images[first].fileName.utf8.elementsEqual(images[index].fileName.utf8)
      else { continue }
      let message =
        "image \(images[first].id) has the file name \"\(images[index].fileName)\" too; expected "
        + "one image a file"
      faults.add(fault(message, .fileName), image: index, of: set)
    }
  }
}
