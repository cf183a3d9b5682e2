import COCO

/// See `summary`.
struct BrightImage: ImageRule {
  static let kind = FaultKind.brightImage
  static let summary = "a picture that is bright all over"
  static let explanation = """
    99 pixels in 100 are brighter than `darkest`, of 255: an exposure that failed, a page with \
    nothing on it. Of 461 photographs of five public sets the brightest, a bird before a white sky, \
    has 182 there.
    """
  static let examples = [
    Example.flags("over-exposed", .example(), pictures: [.example(darkest: 250, brightest: 255)]),
    Example.allows(
      "a bird before a white sky", .example(), pictures: [.example(darkest: 182, brightest: 255)]),
  ]

  /// The 1st percentile of brightness, 0 … 255, above which an image is bright.
  var darkest = 235.0

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let looks = view.picture?.content?.looks, looks.darkest > darkest else { return }
    let message =
      "99 % of the pixels are brighter than \(looks.darkest.brief(1)) of 255; expected \(darkest.brief(1))"
    faults.add(fault(message, .fileName), image: view.index, of: view.set)
  }
}
