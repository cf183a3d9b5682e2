import COCO
import Files
import Images

/// A sizer that determines an image's size from its header, the annotation and the EXIF policy, and
/// reports disagreements.
struct PictureSizer: Sendable {
  private let options: ImportOptions

  init(_ options: ImportOptions) {
    self.options = options
  }

  /// The information on an image before its size is determined.
  struct Claim: Sendable {
    /// The name that the annotation gives.
    var name: String
    /// The place of the annotation.
    var origin: Origin?
    /// The size that the annotation gives.
    var size: ImageSize?
    /// The place of the size in the annotation.
    var sizeOrigin: Origin?
    /// The field, which is `fileName` if `origin` is that of the record and not of the name itself.
    var field: RecordField?

    init(
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

  /// Returns the size to use; nil, with a finding, if none is known. If records are not judged, the
  /// annotation's own is used, whatever it is.
  func size(
    _ claim: Claim, _ located: ImageLocator.Located?, findings: inout [Finding]
  ) -> ImageSize? {
    let claimed = usable(claim.size)
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

  /// Returns the size in an annotation if it is a possible one. If records are not judged it is
  /// used whatever it is.
  func usable(_ size: ImageSize?) -> ImageSize? {
    size.flatMap { !options.judgesRecords || ($0.width > 0 && $0.height > 0) ? $0 : nil }
  }

  /// The size used for an image that has none; nil if such an image is rejected.
  var sizeOfNone: ImageSize? {
    options.judgesRecords ? nil : ImageSize(width: 0, height: 0)
  }

  /// Returns whether two different sizes of one image are a fault here. If records are not judged,
  /// a rule compares them.
  func refuses(_ size: ImageSize, beside other: ImageSize) -> Bool {
    options.judgesRecords && size != other
  }

  /// Returns the size of the file itself; nil if it is not known.
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
    let how: String
    switch located.match {
    case .exact: return
    case .stem: how = "by its stem"
    case .ignoringCase: how = "ignoring letter case"
    case .rewritten: how = "without its quoting or prefix"
    }
    add(
      .nameMatchedLoosely,
      "\(claim.name) was found \(how) as \(Path.name(of: located.path))", claim, to: &findings)
  }

  private func add(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String, _ claim: Claim,
    to findings: inout [Finding]
  ) {
    findings.append(
      Finding(kind, severity: severity, message, at: claim.origin, field: claim.field))
  }
}
