import COCO

/// See `summary`.
struct NearDuplicateImage: DatasetRule {
  static let kind = FaultKind.nearDuplicateImage
  static let summary = "a picture that looks like another one of its split"
  static let explanation = """
    The perceptual hashes of the two differ in at most `bits` of 64 bits: frames of one film, a \
    picture that was scaled or saved anew. Each tells a model little beyond the other, and the \
    metric counts their objects twice. Copies byte for byte are the matter of \
    `exact-duplicate-image`; pictures with nothing on them, which look all alike, are left out. Strokes \
    on white paper or ultrasound fans have nearly one hash, so that what stands out from the ground is \
    compared too, in 24×24 cells: its correlation must be at least `likeness`. Copies that were \
    scaled to a quarter and saved with a quality of 30 have 0.79 to 1, other pictures of such sets \
    mostly under 0.5. Of 461 photographs 97 % of such copies are found.
    """
  static let examples = [
    Example.flags(
      "a picture saved anew",
      .example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")]),
      pictures: [
        .example("a.jpg", hash: 7, perceptualHash: 0xF0F0_1234_5678_9ABC),
        .example("b.jpg", hash: 8, perceptualHash: 0xF0F0_1234_5678_9ABF),
      ]),
    Example.allows(
      "two pictures", .example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")]),
      pictures: [
        .example("a.jpg", hash: 7, perceptualHash: 0xF0F0_1234_5678_9ABC),
        .example("b.jpg", hash: 8, perceptualHash: 0x0F0F_1234_5678_9ABC),
      ]),
  ]

  /// The most bits that may differ.
  var bits = 5
  /// The least correlation of details.
  var likeness = 0.75

  func check(_ set: DatasetView, into faults: inout Faults) {
    var nearest = NearestHashes(distance: bits)
    var bytes: Set<PictureFacts.BytesHash> = []
    for index in set.pictures.indices {
      // Of equal files the first counts; the others have their finding.
      guard let picture = set.pictures[index], let hash = picture.comparableHash,
        let sound = picture.soundBytesHash, bytes.insert(sound).inserted
      else { continue }
      if let (name, bits) = nearest.closest(
        to: hash, where: { set.looks(of: $0.index, like: picture, likeness) })
      {
        let message =
          "the picture looks like \"\(set.dataset.images[name.index].fileName)\": \(bits) of 64 "
          + "bits of their hashes differ"
        faults.add(fault(message, .fileName), image: index, of: set)
      }
      nearest.insert(hash, as: PictureReference(set: set.index, index: index))
    }
  }
}
