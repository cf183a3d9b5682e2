import COCO

/// A set of an input: what is said of it, and its pictures and labels split by split.
struct YOLOSource: Sendable {
  let description: YOLODescription
  /// The names of the classes, the user's before the set's own.
  let names: [Int: String]?
  let splits: [YOLOSplit]

  init(
    _ description: YOLODescription, _ folders: YOLOFolders, below root: String,
    _ options: ImportOptions, into imported: inout Imported
  ) throws {
    self.description = description
    let given = options.classNames.map { names in
      Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0, $1) })
    }
    names = given ?? description.names?.byNumber
    splits = try YOLOPlan.splits(description, folders, below: root, options, into: &imported)
  }
}
