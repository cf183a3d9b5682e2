/// The names of folders that hold one split of a set.
enum SplitName {
  /// `train`, `val` or `test` by their usual names; COCO's `train2017` stays itself. nil where the
  /// name is none of a split.
  static func split(_ name: some StringProtocol) -> String? {
    let name = name.lowercased()
    switch name {
    case "train", "training": return "train"
    case "val", "valid", "validation": return "val"
    case "test", "testing": return "test"
    default:
      let year = name.drop { $0.isLetter }
      guard year.count == 4, year.allSatisfy(\.isNumber) else { return nil }
      return ["train", "val", "test"].contains(name.dropLast(4)) ? name : nil
    }
  }
}
