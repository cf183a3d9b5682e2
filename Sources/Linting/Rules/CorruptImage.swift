import COCO

/// See `summary`.
struct CorruptImage: ImageRule {
  static let kind = FaultKind.corruptImage
  static let summary = "an image with invalid data that cannot be decoded"
  static let explanation = """
    The header is readable but the pixel data is not. Training stops on reaching this image, which \
    may be hours after it began. Fetch the file again. A file that merely ends early is reported \
    as `truncated-image`.
    """
  static let examples = [
    Example.flags(
      "invalid compressed data", .example(),
      pictures: [.example(decoding: .corrupt("bad Huffman code"))]),
    Example.allows("an intact file", .example(), pictures: [.example(decoding: .whole)]),
    Example.allows(
      "a format that copra does not decode", .example(),
      pictures: [.example(decoding: .undecoded)]),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard case .corrupt(let reason)? = view.picture?.content?.decoding else { return }
    faults.add(
      fault("cannot be decoded: \(reason); fetch the file again", .fileName), image: view.index,
      of: view.set)
  }
}
