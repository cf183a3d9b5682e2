import COCO

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
  }

  private let sizer: PictureSizer

  init(_ options: ImportOptions) {
    sizer = PictureSizer(options)
  }

  func find(
    _ claim: Claim, in locators: [ImageLocator], findings: inout [Finding]
  ) -> Found {
    let name = claim.fileName.isEmpty ? claim.stem : Path.name(of: claim.fileName)
    let located = locate(claim, name: name, in: locators)
    reportOtherStem(claim, name: name, located, to: &findings)
    let size = sizer.size(
      PictureSizer.Claim(
        name: name, origin: claim.origin, size: claim.size, sizeOrigin: claim.sizeOrigin),
      located, findings: &findings)
    let folder = locators.first?.folder ?? "."
    return Found(path: located?.path ?? Path.join(folder, name), size: size)
  }

  private func locate(
    _ claim: Claim, name: String, in locators: [ImageLocator]
  ) -> ImageLocator.Located? {
    for locator in locators {
      if let located = locator.exactly(name) { return located }
    }
    let slashed = claim.fileName.contains("\\") ? claim.fileName.split(separator: "\\").last : nil
    for candidate in [slashed.map(String.init), name, claim.stem] {
      guard let candidate else { continue }
      for locator in locators {
        if let located = locator.locate(candidate) { return located }
      }
    }
    return nil
  }

  private func reportOtherStem(
    _ claim: Claim, name: String, _ located: ImageLocator.Located?, to findings: inout [Finding]
  ) {
    let named = ImageFiles.isImage(name) ? Path.withoutExtension(name) : name
    guard named != claim.stem else { return }
    let used = located.map { "; \(Path.name(of: $0.path)) is used" } ?? ""
    findings.append(
      Finding(
        "filename-stem-mismatch", .warning,
        "<filename> says \(name), the XML file is \(claim.stem).xml\(used)", at: claim.origin))
  }
}
