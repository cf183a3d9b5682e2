import COCO

/// See `summary`.
struct LowInformationImage: ImageRule {
  static let kind = FaultKind.lowInformationImage
  static let summary = "an image with almost no content"
  static let explanation = """
    The entropy of the image's brightness histogram is below `entropy` bits, of at most 8: it \
    consists of one flat colour, or two. The flattest of 461 photographs from five public sets, an \
    aircraft in a clear sky, has 1.8 bits. Images that are dark or bright all over have their own \
    rules.
    """
  static let examples = [
    Example.flags("uniform grey", .example(), pictures: [.example(sharpness: 0, entropy: 0.2)]),
    Example.allows(
      "an aircraft in a clear sky", .example(), pictures: [.example(sharpness: 1.3, entropy: 1.8)]),
  ]

  /// In bits.
  var entropy = 1.5

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let looks = view.picture?.content?.looks, looks.entropy < entropy, !looks.isDarkOrBright
    else { return }
    let message =
      "brightness has an entropy of \(looks.entropy.brief(1)) bits; expected \(entropy.brief(1)) or more"
    faults.add(fault(message, .fileName), image: view.index, of: view.set)
  }
}

extension PictureFacts.Looks {
  /// Whether the picture is the matter of `dark-image` or `bright-image`.
  var isDarkOrBright: Bool {
    brightest < DarkImage().brightest || darkest > BrightImage().darkest
  }
}

extension DatasetView {
  /// Whether the picture of an image has the details of another one, by a correlation of at least
  /// `likeness`.
  func looks(of position: Int, like other: PictureFacts, _ likeness: Double) -> Bool {
    guard let looks = picture(ofImage: position)?.content?.looks,
      let others = other.content?.looks
    else { return false }
    return looks.likeness(to: others) >= likeness
  }
}

extension PictureFacts {
  /// The hash to compare pictures by; nil for pictures with nothing on them, which look all alike.
  var comparableHash: UInt64? {
    guard let looks = content?.looks, looks.entropy >= LowInformationImage().entropy,
      !looks.isDarkOrBright
    else { return nil }
    return looks.perceptualHash
  }
}
