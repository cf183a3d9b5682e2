import COCO
import Formats

/// Gives a set without splits those that another reading of the same pictures has.
enum SplitTransfer {
  /// Parts the only dataset of `imported` as `splits` part its pictures, which are the same by their
  /// names; those that no split has become "unlisted". Each picture goes to the first split that has
  /// it. Returns false, and changes nothing, where fewer than two splits have any.
  static func move(_ splits: [Dataset], to imported: inout Imported) -> Bool {
    guard imported.datasets.count == 1, imported.datasets[0].split == nil else { return false }
    let whole = imported.datasets[0]
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
    imported.datasets = used.map { place in
      let name = place < splits.count ? splits[place].split : "unlisted"
      imported.imageFolders[name ?? ""] = folder
      return part(of: whole, place, places, keepsIDs: imported.format == .coco, split: name)
    }
    return true
  }

  private static func part(
    of whole: Dataset, _ place: Int, _ places: [Int], keepsIDs: Bool, split: String?
  ) -> Dataset {
    var part = whole
    part.split = split
    part.images = zip(whole.images, places).filter { $0.1 == place }.map(\.0)
    var ids: [Int: Int] = [:]
    for (index, image) in part.images.enumerated() {
      ids[image.id] = keepsIDs ? image.id : index + 1
    }
    part.annotations.removeAll { ids[$0.imageID] == nil }
    if keepsIDs { return part }
    for index in part.images.indices { part.images[index].id = index + 1 }
    for index in part.annotations.indices {
      part.annotations[index].imageID = ids[part.annotations[index].imageID] ?? 0
      part.annotations[index].id = index + 1
    }
    return part
  }
}
