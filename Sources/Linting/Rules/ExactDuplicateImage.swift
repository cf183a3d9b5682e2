import COCO

/// See `summary`.
struct ExactDuplicateImage: DatasetRule {
  static let kind = FaultKind.exactDuplicateImage
  static let scope = RuleScope.images
  static let summary = "an image that is a copy of another in its split"
  static let explanation = """
    Two files have the same bytes. The image counts twice in training and evaluation, and its two \
    sets of annotations seldom agree to the pixel. Keep only one of the files. A file listed by \
    two images is reported as `duplicate-file-name`.
    """
  static let examples = [
    Example.flags(
      "a copy under another name",
      .example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")]),
      pictures: [.example("a.jpg", hash: 7), .example("b.jpg", hash: 7)]),
    Example.allows(
      "two different images", .example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")]),
      pictures: [.example("a.jpg", hash: 7), .example("b.jpg", hash: 8, perceptualHash: 0xFF)]),
  ]

  func check(_ set: DatasetView, into faults: inout Faults) {
    var firsts: [PictureFacts.BytesHash: Int] = [:]
    for index in set.pictures.indices {
      guard let picture = set.pictures[index], let hash = picture.soundBytesHash else { continue }
      guard let first = firsts[hash] else {
        firsts[hash] = index
        continue
      }
      guard set.pictures[first]?.path != picture.path else { continue }
      let message = "the file has the same bytes as \"\(set.dataset.images[first].fileName)\""
      faults.add(fault(message, .fileName), image: index, of: set)
    }
  }
}
