public import COCO
public import Formats

extension Imported {
  /// Returns the records of the images of a shard, with everything reported while reading.
  public func part(_ shard: Shard) -> Imported {
    var part = self
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
    }
    return part
  }
}
