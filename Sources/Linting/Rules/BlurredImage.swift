import COCO

/// See `summary`.
struct BlurredImage: ImageRule {
  static let kind = FaultKind.blurredImage
  static let summary = "a picture without any sharp edge"
  static let explanation = """
    Taken where the longer side has 80 pixels, the variance of its Laplacian over the mean square of \
    the steps between neighbouring pixels is below `sharpness`: out of focus, moved, or scaled up from \
    a thumbnail. Noise has 5, whatever its contrast. Of 461 photographs of five public sets the \
    smoothest has 1.3; of 51 of them all are below 1.1 after a Gaussian blur whose deviation is 1.2 % \
    of the longer side (8 pixels of 640), a third after one of 0.8 %, none after one of 0.4 %. Raise \
    it to find more.
    """
  static let examples = [
    Example.flags("out of focus", .example(), pictures: [.example(sharpness: 0.4)]),
    Example.allows(
      "an aircraft in a clear sky", .example(), pictures: [.example(sharpness: 1.3)]),
  ]

  /// The sharpness below which an image is blurred: the variance of the Laplacian of brightness
  /// divided by 1 plus the mean square of its steps.
  var sharpness = 1.1

  func check(_ view: ImageView, into faults: inout Faults) {
    // Where there is next to nothing on the picture there is no edge to be sharp.
    guard let looks = view.picture?.content?.looks, looks.sharpness < sharpness,
      looks.entropy >= LowInformationImage().entropy, !looks.isDarkOrBright
    else { return }
    let message =
      "the sharpness is \(looks.sharpness.brief(1)); expected \(sharpness.brief(1)) or more"
    faults.add(fault(message, .fileName), image: view.index, of: view.set)
  }
}
