import COCO

/// See `summary`.
struct TruncatedImage: ImageRule {
  static let kind = FaultKind.truncatedImage
  static let summary = "an image whose file ends early"
  static let explanation = """
    A copy or download was interrupted. Pillow raises an error for such a file by default, while \
    other readers fill the missing part with grey, and objects there are learnt as grey. Fetch the \
    file again.
    """
  static let examples = [
    Example.flags(
      "half a file", .example(), pictures: [.example(decoding: .truncated("premature end"))]),
    Example.allows("an intact file", .example(), pictures: [.example(decoding: .whole)]),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard case .truncated(let reason)? = view.picture?.content?.decoding else { return }
    faults.add(
      fault("the file ends early: \(reason); fetch it again", .fileName), image: view.index,
      of: view.set)
  }
}
