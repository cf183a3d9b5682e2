import COCO

/// See `summary`.
struct DarkImage: ImageRule {
  static let kind = FaultKind.darkImage
  static let summary = "a picture that is dark all over"
  static let explanation = """
    99 pixels in 100 are darker than `brightest`, of 255: a lens cap, an exposure that failed, a \
    night shot. Of 461 photographs of five public sets the darkest has 100 there.
    """
  static let examples = [
    Example.flags("a lens cap", .example(), pictures: [.example(darkest: 0, brightest: 22)]),
    Example.allows(
      "a lamp in the night", .example(), pictures: [.example(darkest: 0, brightest: 180)]),
  ]

  /// The 99th percentile of brightness, 0 … 255, below which an image is dark.
  var brightest = 60.0

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let looks = view.picture?.content?.looks, looks.brightest < brightest else { return }
    let message =
      "99 % of the pixels are darker than \(looks.brightest.brief(1)) of 255; expected \(brightest.brief(1))"
    faults.add(fault(message, .fileName), image: view.index, of: view.set)
  }
}
