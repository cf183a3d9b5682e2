import COCO
public import Files
import Formats
import Images

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
  /// How many stood in their place already.
  private(set) var standing = 0
  /// How many were turned as EXIF asks.
  private(set) var turned = 0
  /// The names of those that EXIF turns and that cannot be turned without loss.
  private(set) var unturned: [String] = []
  /// The names of those that were not found, each once.
  private(set) var missing: [String] = []
  /// The paths of those whose place another picture has.
  private(set) var displaced: [String] = []
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
    let turnedNames = Set(imported.turned.map(Path.name))
    var target = StandingFiles(in: folder)
    let overwriting = OverwriteGuard(replaces: replaces)
    // The pictures that have a place, by its path in lower case.
    var seen: [String: (path: String, source: String)] = [:]
    for picture in pictures {
      let image = imported.datasets[picture.dataset].images[picture.index]
      guard let source = files.path(of: image, in: picture.dataset) else {
        missing.append(image.fileName)
        continue
      }
      let alike = seen.updateValue((picture.path, source), forKey: picture.path.lowercased())
      if let alike, alike.path == picture.path {
        if !InputFile.areEqual(alike.source, source) { displaced.append(source) }
        continue
      }
      if alike != nil { sameButCase.append(picture.path) }
      let isTurned = transfer.turnsUpright && turnedNames.contains(Path.name(of: image.fileName))
      let upright = isTurned ? try turn(source) : nil
      if let other = target.path(of: picture.path) {
        let isSame =
          try upright.map { try InputFile.contents(other) == $0 }
          ?? InputFile.areEqual(source, other)
        guard !isSame else {
          standing += 1
          continue
        }
        try overwriting.check([other], inputs: imported.sources.paths)
      }
      if let upright {
        try folder.write(upright, to: picture.path)
        turned += 1
      } else {
        try folder.place(source, at: picture.path, by: transfer.placement)
      }
    }
  }

  /// Returns the bytes of a picture as it is shown; nil where it is stored so, or cannot be had without
  /// loss.
  private mutating func turn(_ source: String) throws -> [UInt8]? {
    guard let header = try? ImageHeader.read(path: source), header.orientation > 1 else {
      return nil
    }
    let turned = UprightJPEG.turned(try InputFile.contents(source))
    if turned == nil { unturned.append(Path.name(of: source)) }
    return turned
  }

  /// What the user should know, a sentence each, once `folder` is in place.
  func notes(_ folder: OutputFolder) -> [String] {
    var parts = FilePlacement.allCases.compactMap { placement in
      folder.placed[placement].map { "\($0) \(placement.participle)" }
    }
    if turned > 0 { parts.append("\(turned) copied and turned upright") }
    if standing > 0 { parts.append("\(standing) there already") }
    var notes: [String] = []
    if !parts.isEmpty {
      notes.append("pictures below \(folder.path): \(parts.joined(separator: ", "))")
    }
    if !missing.isEmpty {
      notes.append(
        "warning: \(missing.count) pictures were not found and are not in the output: "
          + Self.list(missing))
    }
    if !displaced.isEmpty {
      notes.append(
        "warning: \(displaced.count) pictures are not in the output, since other ones have their names: "
          + Self.list(displaced))
    }
    if !unturned.isEmpty {
      notes.append(
        "warning: \(unturned.count) pictures that EXIF turns cannot be turned without loss and are as "
          + "they were: \(Self.list(unturned))")
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

/// What stands in an output folder before it is written.
private struct StandingFiles {
  private let folder: OutputFolder
  /// The names in each folder where a picture was looked for, by the folder's path.
  private var names: [String: Set<String>] = [:]

  init(in folder: OutputFolder) {
    self.folder = folder
  }

  /// Returns the path of the file that stands at `relative`; nil where there is none.
  mutating func path(of relative: String) -> String? {
    guard folder.existed else { return nil }
    let path = Path.join(folder.path, relative)
    let parent = Path.folder(of: path)
    let known = names[parent] ?? Set(((try? Folder.entries(of: parent)) ?? []).map(\.name))
    names[parent] = known
    return known.contains(Path.name(of: path)) ? path : nil
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
