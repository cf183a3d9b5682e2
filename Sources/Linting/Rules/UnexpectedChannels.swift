import COCO

/// See `summary`.
struct UnexpectedChannels: ImageRule {
  static let kind = FaultKind.unexpectedChannels
  static let summary = "a picture that is not 8-bit RGB"
  static let explanation = """
    Grey, palette, 16-bit, CMYK and transparent pictures reach a model converted, in ways that differ \
    between readers: transparency is dropped or laid over black, 16 bits are cut or scaled. A reader \
    that does not convert fails for want of three channels.
    """
  static let examples = [
    Example.flags("grey", .example(), pictures: [.example(samples: "grey")]),
    Example.allows("RGB", .example(), pictures: [.example()]),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let samples = view.picture?.samples else { return }
    faults.add(
      fault("expected 8-bit RGB, found \(samples)", .fileName), image: view.index, of: view.set)
  }
}
