import COCO

/// See `summary`.
struct DarkImage: ImageRule {
  static let kind = FaultKind.darkImage
  static let summary = "an image that is dark all over"
  static let explanation = """
    99% of the pixels are darker than `brightest`, on a scale of 0 to 255: a lens cap, a failed \
    exposure, or a night shot. For the darkest of 461 photographs from five public sets that value \
    is 100.
    """
  static let examples = [
    Example.flags("a lens cap", .example(), pictures: [.example(darkest: 0, brightest: 22)]),
    Example.allows(
      "a lamp at night", .example(), pictures: [.example(darkest: 0, brightest: 180)]),
  ]

  /// The 99th percentile of brightness, 0 … 255, below which a picture is dark.
  var brightest = 60.0

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let looks = view.picture?.content?.looks, looks.brightest < brightest else { return }
    let message =
      "99 % of the pixels are darker than \(looks.brightest.brief(1)) of 255; expected \(brightest.brief(1))"
    faults.add(fault(message, .fileName), image: view.index, of: view.set)
  }
}
