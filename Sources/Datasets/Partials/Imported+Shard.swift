public import COCO
public import Formats

extension Imported {
  /// Returns the records of the images of a shard, with everything reported while reading: which
  /// image a record that was left out belongs to may not be known.
  public func part(_ shard: Shard) -> Imported {
    var part = self
    let all = datasets.reduce(0) { $0 + $1.images.count }
    for index in datasets.indices {
      let images = datasets[index].images.filter { shard.contains($0, of: self) }
      let known = IDIndex(datasets[index].images.map(\.id))
      let own = IDIndex(images.map(\.id))
      part.datasets[index].images = images
      part.datasets[index].annotations = datasets[index].annotations.filter { annotation in
        own.position(of: annotation.imageID) != nil
          || (known.position(of: annotation.imageID) == nil
            && shard.contains(imageID: annotation.imageID))
      }
      part.read.images -= datasets[index].images.count - images.count
      part.read.annotations -=
        datasets[index].annotations.count - part.datasets[index].annotations.count
    }
    let own = part.datasets.reduce(0) { $0 + $1.images.count }
    part.notes.append(
      "shard \(shard) has \(own) of \(all) images"
        + (rejections.isEmpty && changes.isEmpty
          ? "" : "; rejected records and the reasons of changes are those of all images"))
    return part
  }
}
