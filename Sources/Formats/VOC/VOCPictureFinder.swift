import COCO
import Files
import Images
import Synchronization

/// A finder of the image of a VOC file: by `<filename>`, or else by the XML file's own name.
///
/// `<filename>` is evidence and no proof: if it names the image of another XML file, or one whose
/// size contradicts the file, the file's own name is used.
struct VOCPictureFinder: Sendable {
  /// The information of the XML on its image.
  struct Claim {
    /// The `<filename>`; empty if there is none.
    var fileName: String
    /// The XML file's name without its ending.
    var stem: String
    var xmlPath: String
    var origin: Origin
    var size: ImageSize?
    var sizeOrigin: Origin?
  }

  struct Found {
    var path: String
    /// The size; nil if neither the file nor the XML gives one.
    var size: ImageSize?
    /// The file's own size; nil if it has none.
    var fileSize: ImageSize?
    /// The file's header; nil if it cannot be read.
    var header: ImageHeader?
    /// The name of another image that `<filename>` gives, which was not used.
    var denied: String?
  }

  let sizer: PictureSizer
  private let stems: XMLStems

  init(_ options: ImportOptions, stems: XMLStems) {
    sizer = PictureSizer(options)
    self.stems = stems
  }

  func find(
    _ claim: Claim, in locators: [ImageLocator], findings: inout [Finding]
  ) -> Found {
    var name = claim.fileName.isEmpty ? claim.stem : Self.lastPart(of: claim.fileName)
    if Path.ends(name, in: "xml") { name = Path.withoutExtension(name) }
    var located = locate(claim, name: name, in: locators)
    var denied: String?
    if let own = ownPicture(claim, instead: name, located, in: locators) {
      (denied, name, located) = (name, Path.name(of: own.path), own)
    } else if reportOtherStem(claim, name: name, located, to: &findings) {
      // That the name is another's has been said, and why the picture was taken.
      located?.match = .exact
    }
    if let rivals = located?.rivals, !rivals.isEmpty {
      let others = rivals.prefix(3).joined(separator: ", ")
      findings.append(
        Finding(
          .nameMatchedLoosely,
          "\(name) is in several folders; \(located?.path ?? "") was used, not \(others)",
          at: claim.origin))
    }
    let size = sizer.size(
      PictureSizer.Claim(
        name: name, origin: claim.origin, size: claim.size, sizeOrigin: claim.sizeOrigin),
      located, findings: &findings)
    let folder = locators.first?.folder ?? "."
    return Found(
      path: located?.path ?? Path.join(folder, name), size: size,
      fileSize: sizer.size(of: located), header: try? located?.header.get(), denied: denied)
  }

  /// Returns the image of the XML file's own name if that of `<filename>` must be another's; nil
  /// otherwise.
  private func ownPicture(
    _ claim: Claim, instead name: String, _ located: ImageLocator.Located?,
    in locators: [ImageLocator]
  ) -> ImageLocator.Located? {
    let named = ImageFiles.isImage(name) ? Path.withoutExtension(name) : name
    guard named != claim.stem, let located, Path.stem(of: located.path) != claim.stem,
      var own = locators.lazy.compactMap({ $0.locate(claim.stem) }).first
    else { return nil }
    own.match = .exact
    if stems.contains(named) { return own }
    guard let size = claim.size, sizer.size(of: own) == size, sizer.size(of: located) != size else {
      return nil
    }
    return own
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
    let candidates = name == claim.stem ? [name] : [name, claim.stem]
    for candidate in candidates {
      for locator in locators {
        if let located = locator.locate(candidate) { return located }
      }
    }
    for candidate in candidates {
      for locator in locators {
        if let located = locator.searchBelow(candidate, near: claim.xmlPath) { return located }
      }
    }
    return nil
  }

  /// Returns whether `<filename>` is not the XML file's own name, which is then reported. If only
  /// letter case differs, and the image was found nevertheless, that is reported elsewhere.
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

/// The names without endings of a set's XML files, collected when first needed: mostly never.
final class XMLStems: Sendable {
  private let files: [String]
  private let stems = Mutex<Set<String>?>(nil)

  init(of files: [String]) {
    self.files = files
  }

  func contains(_ stem: String) -> Bool {
    stems.withLock { stems in
      let all = stems ?? Set(files.map { Path.stem(of: $0) })
      stems = all
      return all.contains(stem)
    }
  }
}
