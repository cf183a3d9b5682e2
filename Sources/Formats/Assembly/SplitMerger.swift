import COCO
import Files

/// A merger of all splits into one dataset, for an output that is a single file.
public enum SplitMerger {
  /// Adds notes for the user on splits that share images.
  public static func noteShared(in imported: inout Imported) {
    guard imported.datasets.count > 1 else { return }
    let parts = imported.datasets.map { dataset in
      let name = dataset.split ?? ""
      let folder = imported.imageFolders[name] ?? ""
      return SplitOverlap.Part(
        name: name, members: Set(dataset.images.map { Path.join(folder, $0.fileName) }))
    }
    let pairs = parts.enumerated().flatMap { index, later in parts[..<index].map { ($0, later) } }
    imported.notes += SplitOverlap.notes(on: pairs)
  }

  /// Merges the datasets of `imported`. Ids are those of `MergedIDs`. Categories of one name are
  /// one.
  public static func merge(_ imported: inout Imported) {
    guard imported.datasets.count > 1 else { return }
    _ = unifyCategories(of: &imported)
    let root = Path.common(of: imported.imageFolders.values.sorted())
    let keepsIDs = MergedIDs(imported.datasets).areKept
    var merged = Dataset()
    for dataset in imported.datasets {
      let folder = imported.imageFolders[dataset.split ?? ""]
      append(dataset, below: relative(folder, to: root), keepsIDs: keepsIDs, to: &merged)
    }
    imported.datasets = [merged]
    imported.headers = [:]
    imported.imageFolders = root.map { ["": $0] } ?? [:]
  }

  /// Gives all splits the categories of each, under the same ids. Returns whether the categories
  /// differed before.
  public static func unifyCategories(of imported: inout Imported) -> Bool {
    let lists = Set(imported.datasets.map { $0.categories.map { CategoryKey($0) } })
    if lists.count > 1 {
      CategoryPolicy().unify(&imported, sortsByName: false, keepsIDs: true)
    }
    return lists.count > 1
  }

  /// The properties that distinguish categories.
  private struct CategoryKey: Hashable {
    let id: Int
    let name: String

    init(_ category: Category) {
      id = category.id
      name = category.name
    }
  }

  private static func append(
    _ dataset: Dataset, below folder: String, keepsIDs: Bool, to merged: inout Dataset
  ) {
    if merged.info.isEmpty { merged.info = dataset.info }
    if merged.licenses.isEmpty { merged.licenses = dataset.licenses }
    if merged.categories.isEmpty { merged.categories = dataset.categories }
    for member in dataset.extra.members where merged.extra[member.name] == nil {
      merged.extra.members.append(member)
    }
    var newIDs: [Int: Int] = [:]
    for var image in dataset.images {
      let id = keepsIDs ? image.id : merged.images.count + 1
      if newIDs[image.id] == nil { newIDs[image.id] = id }
      image.id = id
      image.fileName = Path.join(folder, image.fileName)
      merged.images.append(image)
    }
    for var annotation in dataset.annotations {
      annotation.imageID = newIDs[annotation.imageID] ?? annotation.imageID
      if !keepsIDs { annotation.id = merged.annotations.count + 1 }
      merged.annotations.append(annotation)
    }
  }

  private static func relative(_ folder: String?, to root: String?) -> String {
    guard let folder, let root, folder != root else { return "." }
    return Path.relative(folder, to: root)
  }
}
