import COCO
import Files

/// A picture with its label file, as far as there are both.
struct YOLOItem: Sendable {
  /// The image file, nil where there is none.
  var picture: String?
  var label: String?
  /// How the picture's name leads to what was written or to the label file.
  var match = ImageLocator.Match.exact
  /// The name that was looked for, where another was found.
  var wanted: String?
  /// Where the picture would be, where it is not there.
  var expectedPicture: String?
  /// The row of the list that names the picture.
  var listed: Origin?

  /// The file that findings about the item as a whole point to.
  var source: String { label ?? picture ?? expectedPicture ?? "" }
}

/// The pictures of a split.
struct YOLOSplit: Sendable {
  var name: String?
  var items: [YOLOItem] = []
  /// The folders of its pictures.
  var folders: Set<String> = []
}

/// The files of a folder by their stems.
struct StemIndex: Sendable {
  let paths: [String]
  private var byStem: [String: Int]
  private var byLowercaseStem: [String: Int]?

  init(_ paths: [String]) {
    self.paths = paths
    byStem = Dictionary(minimumCapacity: paths.count)
    for index in paths.indices.reversed() { byStem[Path.stem(of: paths[index])] = index }
  }

  /// The first file of this stem, in any letter case where there is no exact one.
  mutating func find(stem: String) -> (index: Int, match: ImageLocator.Match)? {
    if let index = byStem[stem] { return (index, .exact) }
    let loose = byLowercaseStem ?? lowercaseStems()
    byLowercaseStem = loose
    return loose[stem.lowercased()].map { ($0, .ignoringCase) }
  }

  /// The file of this name; else one of this stem.
  mutating func find(name: String) -> (index: Int, match: ImageLocator.Match)? {
    guard let (index, match) = find(stem: Path.withoutExtension(name)) else { return nil }
    if match != .exact || Path.name(of: paths[index]) == name { return (index, match) }
    if let exact = paths.firstIndex(where: { Path.name(of: $0) == name }) { return (exact, .exact) }
    return (index, .stem)
  }

  private func lowercaseStems() -> [String: Int] {
    Dictionary(byStem.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: min)
  }
}
