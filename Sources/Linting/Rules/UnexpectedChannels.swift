import COCO

/// See `summary`.
struct UnexpectedChannels: ImageRule {
  static let kind = FaultKind.unexpectedChannels
  static let summary = "an image that is not 8-bit RGB"
  static let explanation = """
    Greyscale, palette, 16-bit, CMYK and transparent images are converted before they reach a \
    model, in ways that differ between readers: transparency is dropped or blended with black, and \
    16 bits are truncated or scaled. A reader that does not convert fails because it does not get \
    three channels.
    """
  static let examples = [
    Example.flags("a greyscale image", .example(), pictures: [.example(samples: "grey")]),
    Example.allows("an RGB image", .example(), pictures: [.example()]),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let samples = view.picture?.samples else { return }
    faults.add(
      fault("expected 8-bit RGB, found \(samples)", .fileName), image: view.index, of: view.set)
  }
}
