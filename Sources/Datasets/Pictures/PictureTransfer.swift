import COCO
public import Files
import Formats

/// How pictures come to an output.
public struct PictureTransfer: Sendable {
  /// How a picture gets its place in the output.
  public var placement: FilePlacement
  /// Whether pictures that EXIF turns are written as they are shown.
  public var turnsUpright = false

  /// Creates a transfer of pictures as they are.
  public init(_ placement: FilePlacement) {
    self.placement = placement
  }
}

/// What became of the pictures of an output.
struct PlacedPictures {
  /// How many were placed, by how.
  private(set) var placed: [FilePlacement: Int] = [:]
  /// How many stood in their place already.
  private(set) var standing = 0
  /// The names of those that were not found, each once.
  private(set) var missing: [String] = []
  /// Names of which another differs in letter case only.
  private(set) var sameButCase: [String] = []

  /// Places the pictures in `folder`.
  ///
  /// - Parameter replaces: whether other files that stand there are replaced.
  /// - Throws: `OverwriteRefusal` for such a file else, `FileError` for what the system refuses.
  init(
    _ pictures: [PlacedPicture], of imported: Imported, by transfer: PictureTransfer,
    in folder: OutputFolder, replaces: Bool
  ) throws {
    let files = PictureFiles(imported)
    let overwriting = OverwriteGuard(replaces: replaces)
    var seen: [String: String] = [:]
    for picture in pictures {
      let image = imported.datasets[picture.dataset].images[picture.index]
      let alike = seen.updateValue(picture.path, forKey: picture.path.lowercased())
      if alike == picture.path { continue }
      if alike != nil { sameButCase.append(picture.path) }
      guard let source = files.path(of: image, in: picture.dataset) else {
        missing.append(image.fileName)
        continue
      }
      let target = Path.join(folder.path, picture.path)
      if folder.existed, FileStatus(target) != nil {
        if InputFile.areEqual(source, target) {
          standing += 1
          continue
        }
        try overwriting.check([target], inputs: imported.sources.paths)
      }
      let placement = try folder.place(source, at: picture.path, by: transfer.placement)
      placed[placement, default: 0] += 1
    }
  }

  /// What the user should know, a sentence each.
  func notes(_ output: String) -> [String] {
    var parts = FilePlacement.allCases.compactMap { placement in
      placed[placement].map { "\($0) \(placement.participle)" }
    }
    if standing > 0 { parts.append("\(standing) there already") }
    var notes: [String] = []
    if !parts.isEmpty { notes.append("pictures below \(output): \(parts.joined(separator: ", "))") }
    if !missing.isEmpty {
      notes.append(
        "warning: \(missing.count) pictures were not found and are not in the output: "
          + Self.list(missing))
    }
    if !sameButCase.isEmpty {
      notes.append(
        "warning: \(sameButCase.count) names of pictures differ from another in letter case only, "
          + "which Windows and macOS do not tell apart: \(Self.list(sameButCase))")
    }
    return notes
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ")
      + (names.count > 3 ? ", \(names.count - 3) more" : "")
  }
}

extension FilePlacement {
  fileprivate var participle: String {
    switch self {
    case .link: "linked"
    case .copy: "copied"
    case .symlink: "linked by symbolic links"
    }
  }
}
