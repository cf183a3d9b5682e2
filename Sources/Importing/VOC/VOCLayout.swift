import COCO

/// Which XML files belong to which split, and where their pictures are.
struct VOCLayout: Sendable {
  /// A split with its XML files.
  struct Split: Sendable {
    var name: String?
    var files: [String]
  }

  private(set) var splits: [Split] = []
  /// For each folder of XML files, the folders where its pictures may be, likeliest first.
  private let locators: [String: [ImageLocator]]

  init(_ inputs: [InputTree], options: ImportOptions, imported: inout Imported) {
    let files = inputs.flatMap { $0.files(endingIn: "xml") }
    for input in inputs { imported.reportUnreadable(in: input) }
    locators = Self.locators(for: files, options: options)
    let lists = options.ignoresSplits ? [] : inputs.flatMap { VOCSplitList.lists(in: $0) }
    let chosen = VOCSplitList.withoutUnions(lists, imported: &imported)
    splits = Self.splits(of: files, by: chosen, imported: &imported)
  }

  func locators(for folder: String) -> [ImageLocator] {
    locators[folder] ?? []
  }

  private static func locators(
    for files: [String], options: ImportOptions
  ) -> [String: [ImageLocator]] {
    var known: [String: ImageLocator] = [:]
    var locators: [String: [ImageLocator]] = [:]
    for file in files {
      let folder = Path.folder(of: file)
      if locators[folder] != nil { continue }
      locators[folder] = candidates(for: folder, options: options).compactMap { path in
        let locator = known[path] ?? ImageLocator(path)
        known[path] = locator
        return locator.exists ? locator : nil
      }
    }
    return locators
  }

  /// Where pictures of XML files in `folder` may be: in the folder that VOC or the tools name, also
  /// with the XML's sub-folders below it, and beside the XML.
  private static func candidates(for folder: String, options: ImportOptions) -> [String] {
    var candidates: [String] = []
    var base = folder
    var below: [String] = []
    for _ in 0..<4 {
      let sub = below.reversed().joined(separator: "/")
      if let images = options.imagesFolder {
        candidates.append(Path.normalized("\(images)/\(sub)"))
      } else {
        for name in ["JPEGImages", "images", "Images", "imgs"] {
          candidates.append(Path.normalized("\(base)/../\(name)/\(sub)"))
          candidates.append(Path.normalized("\(base)/../\(name)"))
        }
      }
      let name = Path.name(of: Path.normalized(base))
      guard name != ".", name != "..", name != "/" else { break }
      below.append(name)
      base = Path.folder(of: Path.normalized(base))
    }
    if options.imagesFolder == nil { candidates.append(folder) }
    return candidates.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
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
