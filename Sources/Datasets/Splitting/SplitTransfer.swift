import COCO
import Formats

/// A transfer of splits to a set without splits from another reading of the same images.
enum SplitTransfer {
  /// Divides the only dataset of `imported` as `splits` divide its images, which are matched by
  /// their names; those in no split become "unlisted". Each image goes to the first split that has
  /// it, train, val and test before all others. Returns false, and changes nothing, if fewer than
  /// two splits have any.
  static func move(_ splits: [Dataset], to imported: inout Imported) -> Bool {
    guard imported.datasets.count == 1, imported.datasets[0].split == nil else { return false }
    let whole = imported.datasets[0]
    let splits = splits.enumerated().sorted {
      (SplitRank.rank(of: $0.element.split), $0.offset)
        < (SplitRank.rank(of: $1.element.split), $1.offset)
    }.map(\.element)
    var splitOf: [String: Int] = [:]
    for (index, split) in splits.enumerated() {
      for image in split.images where splitOf[ClassedBox.picture(of: image)] == nil {
        splitOf[ClassedBox.picture(of: image)] = index
      }
    }
    let places = whole.images.map { splitOf[ClassedBox.picture(of: $0)] ?? splits.count }
    let used = Set(places).sorted()
    guard used.count(where: { $0 < splits.count }) > 1 else { return false }
    let folder = imported.imageFolders[""]
    imported.imageFolders = [:]
    imported.headers = [:]
    imported.datasets = used.map { place in
      var part = whole.part(keepsIDs: imported.format?.holdsAll == true) { places[$0] == place }
      part.split = place < splits.count ? splits[place].split : "unlisted"
      imported.imageFolders[part.split ?? ""] = folder
      return part
    }
    return true
  }
}
