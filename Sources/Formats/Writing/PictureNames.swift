import COCO
import Files

/// The names of images that are put into one folder.
enum PictureNames {
  /// Gives each image a name that stays within `folder` and that no other image has, and returns
  /// the places of the images. Names that are paths within a folder are unchanged.
  static func settle(
    in dataset: inout Dataset, at place: Int, below folder: String, losses: inout LossCounts
  ) -> [PlacedPicture] {
    var taken: Set<String> = []
    let safe = dataset.images.map { LabelPath.inside($0.fileName) }
    for (name, image) in zip(safe, dataset.images) where name == image.fileName {
      taken.insert(name)
    }
    var given: [String: String] = [:]
    var pictures: [PlacedPicture] = []
    for index in dataset.images.indices where !safe[index].isEmpty {
      let old = dataset.images[index].fileName
      if safe[index] != old {
        let name = given[old] ?? free(safe[index], &taken)
        given[old] = name
        dataset.images[index].fileName = name
        losses.add(.renamedPictures)
      }
      let path = Path.join(folder, dataset.images[index].fileName)
      pictures.append(PlacedPicture(dataset: place, index: index, path: path))
    }
    return pictures
  }

  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    if taken.insert(name).inserted { return name }
    let stem = Path.withoutExtension(name)
    var number = 2
    while true {
      let other = "\(stem)_\(number)\(name.dropFirst(stem.count))"
      if taken.insert(other).inserted { return other }
      number += 1
    }
  }
}
