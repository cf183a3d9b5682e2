import COCO

/// See `summary`.
struct BrightImage: ImageRule {
  static let kind = FaultKind.brightImage
  static let summary = "an image that is bright all over"
  static let explanation = """
    99% of the pixels are brighter than `darkest`, on a scale of 0 to 255: a failed exposure, or a \
    blank page. For the brightest of 461 photographs from five public sets, a bird against a white \
    sky, that value is 182.
    """
  static let examples = [
    Example.flags(
      "an overexposed image", .example(), pictures: [.example(darkest: 250, brightest: 255)]),
    Example.allows(
      "a bird against a white sky", .example(), pictures: [.example(darkest: 182, brightest: 255)]),
  ]

  /// The 1st percentile of brightness, 0 … 255, above which a picture is bright.
  var darkest = 235.0

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let looks = view.picture?.content?.looks, looks.darkest > darkest else { return }
    let message =
      "99 % of the pixels are brighter than \(looks.darkest.brief(1)) of 255; expected \(darkest.brief(1))"
    faults.add(fault(message, .fileName), image: view.index, of: view.set)
  }
}
