import COCO

/// See `summary`.
struct BlurredImage: ImageRule {
  static let kind = FaultKind.blurredImage
  static let summary = "a picture without any sharp edge"
  static let explanation = """
    The variance of its Laplacian, taken where the longer side has 256 pixels, is below `sharpness`: \
    out of focus, moved, or scaled up from a thumbnail. Of 461 photographs of five public sets the \
    smoothest, an aircraft in a clear sky, has 11.8; after a Gaussian blur of 5 pixels 229 of them are \
    below 8, the larger and the busier ones are not. Raise it to find more.
    """
  static let examples = [
    Example.flags("out of focus", .example(), pictures: [.example(sharpness: 1.8)]),
    Example.allows(
      "an aircraft in a clear sky", .example(), pictures: [.example(sharpness: 11.8)]),
  ]

  /// The variance of the Laplacian of the brightness, 0 … 255.
  var sharpness = 8.0

  func check(_ view: ImageView, into faults: inout Faults) {
    // Where there is next to nothing on the picture there is no edge to be sharp.
    guard let looks = view.picture?.content?.looks, looks.sharpness < sharpness,
      looks.entropy >= LowInformationImage().entropy, !looks.isDarkOrBright
    else { return }
    let message =
      "the Laplacian has a variance of \(looks.sharpness.brief(1)); expected \(sharpness.brief(1)) or more"
    faults.add(fault(message, .fileName), image: view.index, of: view.set)
  }
}
