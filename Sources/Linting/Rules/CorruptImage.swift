import COCO

/// See `summary`.
struct CorruptImage: ImageRule {
  static let kind = FaultKind.corruptImage
  static let summary = "a picture whose data is wrong, so that it cannot be decoded"
  static let explanation = """
    The header reads well and the pixels do not. Training stops when it comes to this picture, which \
    may be hours after it began. Fetch the file again. One that only ends early is the matter of \
    `truncated-image`.
    """
  static let examples = [
    Example.flags(
      "data that no encoder writes", .example(),
      pictures: [.example(decoding: .corrupt("bad Huffman code"))]),
    Example.allows("a sound file", .example(), pictures: [.example(decoding: .whole)]),
    Example.allows(
      "a format that is not decoded here", .example(), pictures: [.example(decoding: .undecoded)]),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard case .corrupt(let reason)? = view.picture?.content?.decoding else { return }
    faults.add(
      fault("cannot be decoded: \(reason); fetch the file again", .fileName), image: view.index,
      of: view.set)
  }
}
