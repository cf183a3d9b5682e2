import COCO
public import Files
import Formats
import Images

/// The transfer of images to an output.
public struct PictureTransfer: Sendable {
  /// The way in which an image gets to its place in the output.
  public var placement: FilePlacement
  /// Whether images that EXIF turns are written upright.
  public var turnsUpright = false

  /// Creates a transfer of unchanged images.
  public init(_ placement: FilePlacement) {
    self.placement = placement
  }
}

/// The result of placing the images of an output.
struct PlacedPictures {
  /// The number of images that were already in their place.
  private(set) var standing = 0
  /// The number of images turned by their EXIF orientation.
  private(set) var turned = 0
  /// The names of those that EXIF turns and that cannot be turned without loss.
  private(set) var unturned: [String] = []
  /// The names of those that were not found, each once.
  private(set) var missing: [String] = []
  /// The paths of images whose place another image has.
  private(set) var displaced: [String] = []
  /// The paths of foreign images in the folders of the output.
  private(set) var strangers: [String] = []
  /// The names of which another differs in letter case only.
  private(set) var sameButCase: [String] = []

  /// Places the images in `folder`.
  ///
  /// - Parameter replaces: Whether other files in their places are replaced.
  /// - Throws: `OverwriteRefusal` for such a file otherwise, `FileError` if the system refuses.
  init(
    _ pictures: [PlacedPicture], of imported: Imported, by transfer: PictureTransfer,
    in folder: OutputFolder, replaces: Bool
  ) throws {
    let files = PictureFiles(imported)
    let turnedNames = Set(imported.turned.map(Path.name))
    var target = StandingFiles(in: folder)
    // What is read: nothing of it is replaced.
    let sources = pictures.map {
      files.path(of: imported.datasets[$0.dataset].images[$0.index], in: $0.dataset)
    }
    lazy var inputs = imported.sources.paths + sources.compactMap(\.self)
    let overwriting = OverwriteGuard(replaces: replaces)
    var placed: [String: String] = [:]
    var lowerCase: Set<String> = []
    for (picture, source) in zip(pictures, sources) {
      let image = imported.datasets[picture.dataset].images[picture.index]
      guard let source else {
        missing.append(image.fileName)
        continue
      }
      if let earlier = placed[picture.path] {
        if !InputFile.areEqual(earlier, source) { displaced.append(source) }
        continue
      }
      placed[picture.path] = source
      if !lowerCase.insert(picture.path.lowercased()).inserted { sameButCase.append(picture.path) }
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
        try overwriting.check([other], inputs: inputs)
      }
      if let upright {
        try folder.write(upright, to: picture.path)
        turned += 1
      } else {
        try folder.place(source, at: picture.path, by: transfer.placement)
      }
    }
    strangers = target.others(than: Set(placed.keys))
  }

  /// Returns the bytes of an image turned upright; nil if it is stored so, or cannot be turned
  /// without loss.
  private mutating func turn(_ source: String) throws -> [UInt8]? {
    guard let header = try? ImageHeader.read(path: source), header.orientation > 1 else {
      return nil
    }
    let turned = UprightJPEG.turned(try InputFile.contents(source))
    if turned == nil { unturned.append(Path.name(of: source)) }
    return turned
  }

  /// Returns notes for the user, a sentence each, once `folder` is in place.
  func notes(_ folder: OutputFolder) -> [String] {
    var parts = FilePlacement.allCases.compactMap { placement in
      folder.placed[placement].map { "\($0) \(placement.participle)" }
    }
    if turned > 0 { parts.append("\(turned) copied and rotated upright") }
    if standing > 0 { parts.append("\(standing) already there") }
    var notes: [String] = []
    if !parts.isEmpty {
      notes.append("images below \(folder.path): \(parts.joined(separator: ", "))")
    }
    notes += [
      Self.warning(missing, "was not found and is", "were not found and are", "not in the output"),
      Self.warning(
        displaced, "is", "are", "not in the output, because another one has the same name there"),
      Self.warning(
        unturned, "is", "are", "rotated by EXIF, cannot be rotated without loss and stays unchanged"
      ),
      Self.warning(
        sameButCase, "has a name that differs", "have names that differ",
        "from another in letter case only, which Windows and macOS do not distinguish"),
      Self.warning(
        strangers, "is", "are",
        "in the output from an earlier run, and trainers read all files there"),
    ].compactMap(\.self)
    return notes
  }

  /// Returns a sentence about images; nil if there are none.
  private static func warning(
    _ names: [String], _ one: String, _ several: String, _ rest: String
  ) -> String? {
    if names.isEmpty { return nil }
    let subject = names.count == 1 ? "1 image \(one)" : "\(names.count) images \(several)"
    return "warning: \(subject) \(rest): \(list(names))"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ")
      + (names.count > 3 ? ", \(names.count - 3) more" : "")
  }
}

/// The files in an output folder before it is written.
private struct StandingFiles {
  private let folder: OutputFolder
  /// The names in each folder where an image was looked for, by the folder's path.
  private var names: [String: Set<String>] = [:]

  init(in folder: OutputFolder) {
    self.folder = folder
  }

  /// Returns the path of the file at `relative`; nil if there is none.
  mutating func path(of relative: String) -> String? {
    guard folder.existed else { return nil }
    let path = Path.join(folder.path, relative)
    let parent = Path.folder(of: path)
    let known = names[parent] ?? Set(((try? Folder.entries(of: parent)) ?? []).map(\.name))
    names[parent] = known
    return known.contains(Path.name(of: path)) ? path : nil
  }

  /// Returns the images in the examined folders, without those at the paths `own`.
  func others(than own: Set<String>) -> [String] {
    names.flatMap { folder, names in
      names.filter(ImageFiles.isImage).map { Path.join(folder, $0) }
    }.filter { !own.contains(Path.relative($0, to: self.folder.path)) }.sorted()
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
