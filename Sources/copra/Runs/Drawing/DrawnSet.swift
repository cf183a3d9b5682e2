import COCO
import Datasets
import Files
import Formats
import Images

/// The pictures of a set with what stands in their annotations.
struct DrawnSet: Sendable {
  let datasets: [Dataset]
  private let files: PictureFiles
  private let categories: [[Int: COCO.Category]]
  /// The indices of the annotations of each image, by its id.
  private let annotations: [[Int: [Int]]]
  let colours: CategoryColours

  /// - Parameter datasets: those that were imported, as they are drawn.
  init(_ datasets: [Dataset], of imported: Imported) {
    self.datasets = datasets
    files = PictureFiles(imported)
    categories = datasets.map { dataset in
      Dictionary(dataset.categories.map { ($0.id, $0) }) { first, _ in first }
    }
    annotations = datasets.map { dataset in
      Dictionary(grouping: dataset.annotations.indices) { dataset.annotations[$0].imageID }
    }
    colours = CategoryColours(datasets.flatMap(\.categories))
  }

  /// All pictures in their order.
  var pictures: [PictureReference] {
    datasets.indices.flatMap { dataset in
      datasets[dataset].images.indices.map { PictureReference(dataset: dataset, index: $0) }
    }
  }

  func image(_ picture: PictureReference) -> COCO.Image {
    datasets[picture.dataset].images[picture.index]
  }

  /// Returns the path of a picture's file; nil where there is none.
  func path(of picture: PictureReference) -> String? {
    files.path(of: image(picture), in: picture.dataset)
  }

  /// Returns the indices of the annotations on a picture.
  func annotations(on picture: PictureReference) -> [Int] {
    annotations[picture.dataset][image(picture).id] ?? []
  }

  func category(_ id: Int?, in dataset: Int) -> COCO.Category? {
    id.flatMap { categories[dataset][$0] }
  }

  /// Returns an annotation in its category's colour.
  func object(_ index: Int, in dataset: Int) -> DrawnObject {
    let annotation = datasets[dataset].annotations[index]
    return DrawnObject(
      annotation, category: category(annotation.categoryID, in: dataset), in: colours)
  }
}

/// A picture by its place in a set.
struct PictureReference: Sendable, Hashable {
  var dataset: Int
  var index: Int
}

/// One way to look at a picture: its objects, under a title where there are several ways.
struct Panel: Sendable {
  var title: String?
  var objects: [DrawnObject]
}

/// What is drawn on the pictures of a set.
protocol DrawnSubject: Sendable {
  /// How many panels a picture has.
  var panelCount: Int { get }
  /// What the colours mean; empty where labels say it.
  var legend: [(colour: Colour, text: String)] { get }

  /// Whether there is anything to be seen on a picture.
  func concerns(_ picture: PictureReference) -> Bool

  /// Returns what stands side by side for a picture.
  func panels(of picture: PictureReference) -> [Panel]
}

/// All objects as they are annotated.
struct AnnotatedObjects: DrawnSubject {
  let set: DrawnSet
  let panelCount = 1
  var legend: [(colour: Colour, text: String)] { [] }

  func concerns(_ picture: PictureReference) -> Bool { true }

  func panels(of picture: PictureReference) -> [Panel] {
    [Panel(objects: set.annotations(on: picture).map { set.object($0, in: picture.dataset) })]
  }
}
