import COCO
import Formats
import Testing

/// The exporter of a format, by its name.
func exporter(_ name: String, _ options: ExportOptions = ExportOptions()) throws -> any Exporter {
  try #require(Format.named(name)?.exporter).init(options)
}

extension Exported {
  /// The files' texts by path.
  var texts: [String: String] {
    var texts: [String: String] = [:]
    for file in files {
      if case .bytes(let bytes) = file.contents {
        texts[file.path] = String(decoding: bytes, as: UTF8.self)
      }
    }
    return texts
  }

  var paths: [String] { files.map(\.path) }

  /// How often what begins with `words` was lost.
  func count(_ words: String) -> Int {
    losses.filter { $0.what.hasPrefix(words) }.reduce(0) { $0 + $1.count }
  }
}

/// A picture of 100 × 50 pixels with one crab, for tests that change one thing of it.
func oneCrab(_ change: (inout Dataset) -> Void = { _ in }) -> Dataset {
  var dataset = Dataset(
    images: [Image(id: 1, fileName: "a.jpg", width: 100, height: 50)],
    annotations: [
      Annotation(
        id: 1, imageID: 1, categoryID: 1, box: Box(x: 10, y: 5, width: 20, height: 10), area: 200)
    ],
    categories: [Category(id: 1, name: "crab")])
  change(&dataset)
  return dataset
}

/// A split of two pictures with three objects, one in a sub-folder and one without objects.
func beach(split: String? = nil) -> Dataset {
  Dataset(
    split: split,
    images: [
      Image(id: 1, fileName: "a.jpg", width: 320, height: 240),
      Image(id: 2, fileName: "süd/b & c.png", width: 64, height: 48),
      Image(id: 3, fileName: "süd/empty.png", width: 10, height: 20),
    ],
    annotations: [
      Annotation(
        id: 1, imageID: 1, categoryID: 2, box: Box(x: 190, y: 67, width: 66, height: 72),
        area: 4752,
        attributes: ["pose": "Left", "truncated": 1, "difficult": false, "occluded": true]),
      Annotation(
        id: 2, imageID: 1, categoryID: 1, box: Box(x: 48.24, y: 0.5, width: 147.73, height: 12),
        attributes: ["colour": "red, \"dark\" <2>", "legs": 8, "weight": 0.25]),
      Annotation(
        id: 3, imageID: 2, categoryID: 1, box: Box(x: 1, y: 2, width: 10, height: 20), area: 100,
        segmentation: .polygons(Polygons([[1, 2, 11, 2, 1, 22]]))),
    ],
    categories: [Category(id: 1, name: "crab"), Category(id: 2, name: "palm: tall")])
}
