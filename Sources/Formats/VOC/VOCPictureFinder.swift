import COCO
import Files

/// Finds the picture of a VOC file: by `<filename>`, else by the XML file's own name.
struct VOCPictureFinder: Sendable {
  /// What the XML says of its picture.
  struct Claim {
    /// `<filename>`, empty where there is none.
    var fileName: String
    /// The XML file's name without its ending.
    var stem: String
    var origin: Origin
    var size: ImageSize?
    var sizeOrigin: Origin?
  }

  struct Found {
    var path: String
    /// nil where neither the file nor the XML gives one.
    var size: ImageSize?
    /// The file's own, nil where it has none.
    var fileSize: ImageSize?
  }

  let sizer: PictureSizer

  init(_ options: ImportOptions) {
    sizer = PictureSizer(options)
  }

  func find(
    _ claim: Claim, in locators: [ImageLocator], findings: inout [Finding]
  ) -> Found {
    let name = claim.fileName.isEmpty ? claim.stem : Self.lastPart(of: claim.fileName)
    var located = locate(claim, name: name, in: locators)
    if reportOtherStem(claim, name: name, located, to: &findings) {
      // That the name is another's has been said, and why the picture was taken.
      located?.match = .exact
    }
    let size = sizer.size(
      PictureSizer.Claim(
        name: name, origin: claim.origin, size: claim.size, sizeOrigin: claim.sizeOrigin),
      located, findings: &findings)
    let folder = locators.first?.folder ?? "."
    return Found(
      path: located?.path ?? Path.join(folder, name), size: size, fileSize: sizer.size(of: located))
  }

  /// Returns what stands behind the last slash of either kind.
  private static func lastPart(of path: String) -> String {
    let name = Path.name(of: path)
    guard name.utf8.contains(UInt8(ascii: "\\")) else { return name }
    return name.split(separator: "\\").last.map(String.init) ?? name
  }

  private func locate(
    _ claim: Claim, name: String, in locators: [ImageLocator]
  ) -> ImageLocator.Located? {
    for locator in locators {
      if let located = locator.exactly(name) { return located }
    }
    for candidate in name == claim.stem ? [name] : [name, claim.stem] {
      for locator in locators {
        if let located = locator.locate(candidate) { return located }
      }
    }
    return nil
  }

  /// Returns whether `<filename>` is not the XML file's own name, which is then reported. Where
  /// only letter case differs, and the picture was found in spite of it, that is reported
  /// elsewhere.
  private func reportOtherStem(
    _ claim: Claim, name: String, _ located: ImageLocator.Located?, to findings: inout [Finding]
  ) -> Bool {
    if name == claim.stem { return false }
    let named = ImageFiles.isImage(name) ? Path.withoutExtension(name) : name
    guard named != claim.stem else { return false }
    if let located, located.match != .exact, named.lowercased() == claim.stem.lowercased() {
      return false
    }
    let used = located.map { "; \(Path.name(of: $0.path)) is used" } ?? ""
    findings.append(
      Finding(
        .filenameStemMismatch,
        "<filename> says \(name), the XML file is \(claim.stem).xml\(used)", at: claim.origin))
    return true
  }
}
