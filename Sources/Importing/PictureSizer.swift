public import COCO
import Images

/// Settles a picture's size from its header, the annotation and the EXIF policy, and reports where
/// they disagree.
public struct PictureSizer: Sendable {
  private let options: ImportOptions

  public init(_ options: ImportOptions) {
    self.options = options
  }

  /// What is known of a picture before its size is settled.
  public struct Claim: Sendable {
    /// The name that the annotation gives.
    public var name: String
    /// Where the annotation gives it.
    public var origin: Origin?
    /// The size that the annotation gives.
    public var size: ImageSize?
    /// Where it gives the size.
    public var sizeOrigin: Origin?

    public init(name: String, origin: Origin?, size: ImageSize? = nil, sizeOrigin: Origin? = nil) {
      self.name = name
      self.origin = origin
      self.size = size
      self.sizeOrigin = sizeOrigin
    }
  }

  /// The size to use; nil, with a finding, where none can be had.
  public func size(
    _ claim: Claim, _ located: ImageLocator.Located?, findings: inout [Finding]
  ) -> ImageSize? {
    let claimed = claim.size.flatMap { $0.width > 0 && $0.height > 0 ? $0 : nil }
    guard let located else {
      if let known = options.knownSizes[claim.name] { return known }
      add("missing-image-file", .error, "no file \(claim.name)", claim.origin, to: &findings)
      return claimed
    }
    reportMatch(claim, located, to: &findings)
    switch located.header {
    case .failure(let error):
      let message = "\(Path.name(of: located.path)): \(error)"
      add("unreadable-image", .error, message, claim.origin, to: &findings)
      return claimed
    case .success(let header):
      return size(claim, header, claimed: claimed, findings: &findings)
    }
  }

  private func size(
    _ claim: Claim, _ header: ImageHeader, claimed: ImageSize?, findings: inout [Finding]
  ) -> ImageSize? {
    let stored = ImageSize(width: header.width, height: header.height)
    let upright = ImageSize(width: header.uprightWidth, height: header.uprightHeight)
    if options.exif == .error, header.orientation != 1 {
      add(
        "exif-orientation", .error,
        "\(claim.name) has EXIF orientation \(header.orientation), and --exif error refuses it",
        claim.origin, to: &findings)
    }
    let size = options.exif == .stored ? stored : upright
    if let claimed, claimed != size {
      let note = claimed == stored ? ", as stored before EXIF turns it" : ""
      add(
        "image-size-mismatch", .error,
        "the annotation says \(claimed.width)×\(claimed.height)\(note), "
          + "the file is \(size.width)×\(size.height)",
        claim.sizeOrigin ?? claim.origin, to: &findings)
    }
    return size
  }

  private func reportMatch(
    _ claim: Claim, _ located: ImageLocator.Located, to findings: inout [Finding]
  ) {
    if located.match == .exact { return }
    let how = located.match == .stem ? "by its stem" : "ignoring letter case"
    add(
      "name-matched-loosely", .warning,
      "\(claim.name) was found \(how) as \(Path.name(of: located.path))", claim.origin,
      to: &findings)
  }

  private func add(
    _ rule: String, _ severity: Finding.Severity, _ message: String, _ origin: Origin?,
    to findings: inout [Finding]
  ) {
    findings.append(Finding(rule, severity, message, at: origin))
  }
}
