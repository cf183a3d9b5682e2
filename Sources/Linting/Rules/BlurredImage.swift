import COCO

/// See `summary`.
struct BlurredImage: ImageRule {
  static let kind = FaultKind.blurredImage
  static let summary = "an image with no sharp edges"
  static let explanation = """
    The measure is taken with the longer side scaled to 80 pixels: the variance of the image's \
    Laplacian divided by the mean square of the differences between neighbouring pixels. A value \
    below `sharpness` means that the image is out of focus, blurred by motion, or scaled up from a \
    thumbnail. Noise scores 5, whatever its contrast. The smoothest of 461 photographs from five \
    public sets scores 1.3. Of 51 of them, all score below 1.1 after a Gaussian blur with a \
    standard deviation of 1.2% of the longer side (8 pixels of 640), a third do at 0.8%, and none \
    at 0.4%. Raise `sharpness` to find more.
    """
  static let examples = [
    Example.flags("out of focus", .example(), pictures: [.example(sharpness: 0.4)]),
    Example.allows(
      "an aircraft in a clear sky", .example(), pictures: [.example(sharpness: 1.3)]),
  ]

  /// Of the brightness: the variance of its Laplacian over 1 and the mean square of its steps.
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
