public import COCO
public import Files
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
    /// `fileName` where `origin` is that of the record and not of the name itself.
    public var field: RecordField?

    public init(
      name: String, origin: Origin?, size: ImageSize? = nil, sizeOrigin: Origin? = nil,
      field: RecordField? = nil
    ) {
      self.name = name
      self.origin = origin
      self.size = size
      self.sizeOrigin = sizeOrigin
      self.field = field
    }
  }

  /// The size to use; nil, with a finding, where none can be had. Where records are not judged, the
  /// annotation's own is used, whatever it is.
  public func size(
    _ claim: Claim, _ located: ImageLocator.Located?, findings: inout [Finding]
  ) -> ImageSize? {
    let claimed = claim.size.flatMap { size in
      !options.judgesRecords || (size.width > 0 && size.height > 0) ? size : nil
    }
    guard let located else {
      if let known = options.knownSizes[claim.name] { return known }
      add(.missingImageFile, "no file \(claim.name)", claim, to: &findings)
      return claimed
    }
    reportMatch(claim, located, to: &findings)
    switch located.header {
    case .failure(let error):
      let message = "\(Path.name(of: located.path)): \(error)"
      add(.unreadableImage, message, claim, to: &findings)
      return claimed
    case .success(let header):
      return size(claim, header, claimed: claimed, findings: &findings)
    }
  }

  private func size(
    _ claim: Claim, _ header: ImageHeader, claimed: ImageSize?, findings: inout [Finding]
  ) -> ImageSize? {
    if options.exif == .error, header.orientation != 1 {
      add(
        .exifOrientation, severity: .error,
        "\(claim.name) has EXIF orientation \(header.orientation), and --exif error refuses it",
        claim, to: &findings)
    }
    let size = size(of: header)
    guard let claimed, claimed != size else { return size }
    // A rule compares the two.
    guard options.judgesRecords else { return claimed }
    let fault = Fault.imageSizeMismatch(
      claimed: (claimed.width, claimed.height), file: (size.width, size.height),
      stored: (header.width, header.height))
    var finding = Finding(fault, at: claim.sizeOrigin ?? claim.origin)
    finding.field = claim.sizeOrigin == nil && claim.field != nil ? .width : nil
    findings.append(finding)
    return size
  }

  /// The size that the file itself has, nil where it cannot be told.
  func size(of located: ImageLocator.Located?) -> ImageSize? {
    guard case .success(let header)? = located?.header else { return nil }
    return size(of: header)
  }

  private func size(of header: ImageHeader) -> ImageSize {
    options.exif == .stored
      ? ImageSize(width: header.width, height: header.height)
      : ImageSize(width: header.uprightWidth, height: header.uprightHeight)
  }

  private func reportMatch(
    _ claim: Claim, _ located: ImageLocator.Located, to findings: inout [Finding]
  ) {
    if located.match == .exact { return }
    let how = located.match == .stem ? "by its stem" : "ignoring letter case"
    add(
      .nameMatchedLoosely,
      "\(claim.name) was found \(how) as \(Path.name(of: located.path))", claim, to: &findings)
  }

  private func add(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String, _ claim: Claim,
    to findings: inout [Finding]
  ) {
    findings.append(Finding(kind, severity: severity, message, at: claim.origin, field: claim.field))
  }
}
