import Files

/// The names of folders and lists that hold one split of a set.
public enum SplitName {
  /// Returns `train`, `val` or `test` for their usual names, and COCO's `train2017` unchanged; nil
  /// if the name is not one of a split.
  static func split(_ name: some StringProtocol) -> String? {
    let name = name.lowercased()
    if let usual = usual.first(where: { $0.names.contains(name) }) { return usual.split }
    let year = name.drop { $0.isLetter }
    guard year.count == 4, year.allSatisfy(\.isNumber) else { return nil }
    return usual.contains { $0.split == name.dropLast(4) } ? name : nil
  }

  /// Returns the usual names of a split, `valid` and `validate` for `val`.
  static func names(of split: String) -> [String] {
    usual.first { $0.split == split }?.names ?? []
  }

  /// Returns `train`, `val` or `test` for names of such a split, COCO's `train2017` and Hugging
  /// Face's `dev` among them; nil for all others.
  static func part(_ name: some StringProtocol) -> String? {
    if name.lowercased() == "dev" { return "val" }
    return split(name).map { String($0.prefix { $0.isLetter }) }
  }

  /// Returns the role of a split, `train`, `val` or `test`, by its name or a word in it, whatever
  /// its year; nil if the name shows none.
  public static func role(_ name: some StringProtocol) -> String? {
    part(name) ?? word(in: name).map { String($0.prefix { $0.isLetter }) }
  }

  private static let usual: [(split: String, names: [String])] = [
    ("train", ["train", "training"]), ("val", ["val", "valid", "validate", "validation"]),
    ("test", ["test", "testing"]),
  ]

  /// Returns the split named by one word among others, as in `xmls_train` and `val-images`; nil if
  /// there is none or several.
  static func word(in name: some StringProtocol) -> String? {
    if let split = split(name) { return split }
    let words = name.split { $0 == "_" || $0 == "-" || $0 == "." || $0 == " " }
    let splits = Set(words.compactMap { split($0) })
    return splits.count == 1 ? splits.first : nil
  }

  /// Returns the split of a list of this name, `trainval` among them; nil if it names none.
  static func list(_ name: some StringProtocol) -> String? {
    let lower = name.lowercased()
    if lower == "trainval" { return lower }
    return word(in: lower)
  }

  /// Returns the split named by the last part of a path that names one.
  static func last(in parts: some BidirectionalCollection<Substring>) -> String? {
    parts.reversed().lazy.compactMap { word(in: $0) }.first
  }
}

/// The rank of a split's name by how clearly it shows the split's role.
public enum SplitRank {
  /// Returns 0 for `train`, `val`, `test` and their like, 1 for a name that contains one of these
  /// words, 2 for all others.
  public static func rank(of split: String?) -> Int {
    guard let split else { return 2 }
    return SplitName.split(split) != nil ? 0 : SplitName.word(in: split) != nil ? 1 : 2
  }
}

/// The splits that folders belong to by the names in their paths: `images/train`, `valid/images`,
/// `xmls_test`.
struct FolderSplits: Sendable {
  private var byFolder: [String: String] = [:]

  /// Determines the splits of folders. Only the parts of the paths below `root` count, and words
  /// within a name only if they distinguish several splits.
  init(_ folders: some Sequence<String>, below root: String) {
    let depth = Path.normalized(root) == "." ? 0 : Self.parts(root).count
    var words: [String: String] = [:]
    for folder in folders {
      let parts = Self.parts(folder).dropFirst(depth)
      byFolder[folder] = parts.reversed().lazy.compactMap { SplitName.split($0) }.first
      words[folder] = SplitName.last(in: parts)
    }
    if Set(words.values).count > 1 { byFolder.merge(words) { exact, _ in exact } }
  }

  /// The number of splits.
  var count: Int { Set(byFolder.values).count }

  subscript(folder: String) -> String? { byFolder[folder] }

  private static func parts(_ path: String) -> [Substring] {
    Path.normalized(path).split(separator: "/")
  }
}
