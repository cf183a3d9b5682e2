import COCO
import Files

/// The properties of an object in every format: its class and its box.
struct ClassedBox {
  let name: String
  let box: Box

  /// Returns whether the other has the same class, if that counts, and no edge of it is farther
  /// away than `slack` pixels.
  func isSame(
    as other: ClassedBox, within slack: Double, ignoringName: Bool = false
  ) -> Bool {
    (ignoringName || name == other.name) && abs(box.x0 - other.box.x0) <= slack
      && abs(box.y0 - other.box.y0) <= slack && abs(box.x1 - other.box.x1) <= slack
      && abs(box.y1 - other.box.y1) <= slack
  }

  /// Returns the objects of `datasets` by their image's name without folders and ending, which all
  /// formats keep; only those of images that `counts`.
  static func byPicture(
    in datasets: [Dataset], where counts: (Image) -> Bool = { _ in true }
  ) -> [String: [ClassedBox]] {
    var objects: [String: [ClassedBox]] = [:]
    forEach(in: datasets, where: counts) { image, object, _, _ in
      objects[picture(of: image), default: []].append(object)
    }
    return objects
  }

  /// Calls `body` with the image of every object, the object, the place of its dataset and that of
  /// its annotation there; only with those of images that `counts`.
  static func forEach(
    in datasets: [Dataset], where counts: (Image) -> Bool,
    _ body: (Image, ClassedBox, _ dataset: Int, _ annotation: Int) -> Void
  ) {
    for (place, dataset) in datasets.enumerated() {
      let images = Dictionary(dataset.images.map { ($0.id, $0) }) { first, _ in first }
      let names = Dictionary(dataset.categories.map { ($0.id, $0.name) }) { first, _ in first }
      for (index, annotation) in dataset.annotations.enumerated() {
        guard let image = images[annotation.imageID], counts(image), let box = annotation.box,
          let name = annotation.categoryID.flatMap({ names[$0] })
        else { continue }
        body(image, ClassedBox(name: name, box: box), place, index)
      }
    }
  }

  /// Returns the name of an image without folders and ending.
  static func picture(of image: Image) -> String {
    Path.withoutExtension(Path.name(of: image.fileName))
  }
}
