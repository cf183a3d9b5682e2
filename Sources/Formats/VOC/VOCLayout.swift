import COCO
import Files

/// Which XML files belong to which split, and where their pictures are.
struct VOCLayout: Sendable {
  /// A split with its XML files.
  struct Split: Sendable {
    var name: String?
    var files: [String]
  }

  /// Where what belongs to the XML files of one folder may be, likeliest first.
  struct Folders: Sendable {
    var pictures: [ImageLocator] = []
    /// Those with VOC's masks of objects; mostly none.
    var masks: [ImageLocator] = []
  }

  private(set) var splits: [Split] = []
  private let folders: [String: Folders]

  init(_ inputs: [InputTree], options: ImportOptions, imported: inout Imported) {
    let files = inputs.flatMap { $0.files(endingIn: "xml") }
    for input in inputs { imported.reportUnreadable(in: input) }
    folders = Self.folders(for: files, options: options)
    let lists = options.ignoresSplits ? [] : inputs.flatMap { VOCSplitList.lists(in: $0) }
    let chosen = VOCSplitList.withoutUnions(lists, imported: &imported)
    splits = Self.splits(of: files, by: chosen, imported: &imported)
  }

  func folders(for folder: String) -> Folders {
    folders[folder] ?? Folders()
  }

  private static func folders(
    for files: [String], options: ImportOptions
  ) -> [String: Folders] {
    var known: [String: ImageLocator] = [:]
    func existing(_ paths: [String]) -> [ImageLocator] {
      var seen: Set<String> = []
      return paths.filter { seen.insert($0).inserted }.compactMap { path in
        let locator = known[path] ?? ImageLocator(path)
        known[path] = locator
        return locator.exists ? locator : nil
      }
    }
    var folders: [String: Folders] = [:]
    for file in files {
      let folder = Path.folder(of: file)
      if folders[folder] != nil { continue }
      folders[folder] = Folders(
        pictures: existing(pictureFolders(for: folder, options: options)),
        masks: existing(foldersBeside(folder, called: ["SegmentationObject"])))
    }
    return folders
  }

  /// Returns where pictures may be: in the folder that VOC or the tools name, also with the XML's
  /// sub-folders below it, and beside the XML.
  private static func pictureFolders(for folder: String, options: ImportOptions) -> [String] {
    if let images = options.imagesFolder {
      return parts(above: folder).map { Path.normalized("\(images)/\($0.below)") }
    }
    return foldersBeside(folder, called: ["JPEGImages", "images", "Images", "imgs"]) + [folder]
  }

  /// Returns folders of these names beside `folder` or a folder that holds it, with and without
  /// what stands between the two.
  private static func foldersBeside(_ folder: String, called names: [String]) -> [String] {
    parts(above: folder).flatMap { part in
      names.flatMap { name in
        ["\(part.base)/../\(name)/\(part.below)", "\(part.base)/../\(name)"].map(Path.normalized)
      }
    }
  }

  /// Returns `folder` and the three above it, each with the rest of `folder` below it.
  private static func parts(above folder: String) -> [(base: String, below: String)] {
    var parts: [(base: String, below: String)] = []
    var base = folder
    var below: [String] = []
    while parts.count < 4 {
      parts.append((base, below.reversed().joined(separator: "/")))
      base = Path.normalized(base)
      let name = Path.name(of: base)
      guard name != ".", name != "..", name != "/", !name.isEmpty else { break }
      below.append(name)
      base = Path.folder(of: base)
    }
    return parts
  }

  private static func splits(
    of files: [String], by lists: [VOCSplitList], imported: inout Imported
  ) -> [Split] {
    if lists.isEmpty { return [Split(name: nil, files: files)] }
    var byStem: [String: String] = [:]
    for file in files { byStem[Path.withoutExtension(file)] = file }
    var listed: Set<String> = []
    var splits: [Split] = []
    for list in lists {
      let members = list.members(in: byStem, imported: &imported)
      listed.formUnion(members)
      if let same = splits.firstIndex(where: { $0.name == list.name }) {
        splits[same].files += members
      } else {
        splits.append(Split(name: list.name, files: members))
      }
    }
    let unlisted = files.filter { !listed.contains($0) }
    if !unlisted.isEmpty {
      imported.notes.append(
        "\(unlisted.count) XML files are in no list of ImageSets; they make the split \"unlisted\"")
      splits.append(Split(name: "unlisted", files: unlisted))
    }
    return splits
  }
}
