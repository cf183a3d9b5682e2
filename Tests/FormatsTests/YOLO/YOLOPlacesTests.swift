import COCO
import Testing

@testable import Formats

/// Names that a split's pictures have, and those under which they belong.
struct PlacedNames: Sendable, CustomTestStringConvertible {
  var names: [String]
  var placed: [String]
  var testDescription: String { names.joined(separator: ", ") }

  init(_ names: [String], _ placed: [String]) {
    self.names = names
    self.placed = placed
  }

  static let all = [
    PlacedNames(["a.jpg", "b/c.d.png"], ["a.jpg", "b/c.d.png"]),
    PlacedNames(["x/a.jpg", "x/b.jpg"], ["x/a.jpg", "x/b.jpg"]),
    PlacedNames(["images.jpg", "my images/a.jpg"], ["images.jpg", "my images/a.jpg"]),
    PlacedNames(["images/x.jpg", "images/y.jpg"], ["x.jpg", "y.jpg"]),
    PlacedNames(["train/images/x.jpg"], ["x.jpg"]),
    PlacedNames(["a/images/b/x.jpg", "a/images/c/x.jpg"], ["b/x.jpg", "c/x.jpg"]),
    PlacedNames(["a/images/x.jpg", "b/images/x.jpg"], ["a/x.jpg", "b/x.jpg"]),
    PlacedNames(["images/images/x.jpg", "y.jpg"], ["x.jpg", "y.jpg"]),
    PlacedNames(["Images/x.jpg", "LABELS/y.jpg"], ["x.jpg", "y.jpg"]),
    PlacedNames(["images/x.jpg", "x.jpg"], ["images_/x.jpg", "x.jpg"]),
    PlacedNames(["images/x.jpg", "labels/x.png", "z.jpg"], ["x.jpg", "labels_/x.png", "z.jpg"]),
    PlacedNames(["/data/set/x.jpg", "/data/set/b/y.jpg"], ["x.jpg", "b/y.jpg"]),
    PlacedNames(["../../x.jpg", "./y.jpg", "b//z.jpg"], ["x.jpg", "y.jpg", "b/z.jpg"]),
    PlacedNames([#"C:\set\images\x.jpg"#, #"C:\set\images\b\y.jpg"#], ["x.jpg", "b/y.jpg"]),
    PlacedNames(["https://host/set/images/x.jpg?size=1", "y.jpg"], ["set/x.jpg", "y.jpg"]),
    PlacedNames(["b/classes.jpg", "b/TEST.png"], ["b/classes.jpg", "b/TEST.png"]),
    PlacedNames([".x.jpg", ".b/y.jpg", "z\n.jpg"], ["_x.jpg", "_b/y.jpg", "z_.jpg"]),
  ]
}

@Suite struct YOLOPlacesTests {
  /// Where Ultralytics looks, word for word: `img2label_paths` in its `data/utils.py`.
  private func label(of picture: String) -> String {
    var parts = picture.components(separatedByLast: "/images/")
    if parts.count == 2 { parts = [parts[0] + "/labels/" + parts[1]] }
    return parts[0].components(separatedByLast: ".")[0] + ".txt"
  }

  @Test(arguments: PlacedNames.all)
  func `a picture belongs where nothing leads its reader elsewhere`(_ example: PlacedNames) throws {
    let exported = try exporter("yolo").export([dataset(example.names)])
    #expect(exported.unwritable.isEmpty)
    #expect(exported.pictures.map(\.path) == example.placed.map { "images/train/\($0)" })
    let changed = zip(example.names, example.placed).count { $0 != $1 }
    #expect(
      exported.count(
        "images written under another name, because readers would not find them by their own")
        == changed)
  }

  @Test(arguments: PlacedNames.all, ["/data", "/my/images/v1.0", "/labels/images"])
  func `readers come from each picture to its own label`(
    _ example: PlacedNames, root: String
  ) throws {
    let exported = try exporter("yolo").export([dataset(example.names)])
    let texts = exported.texts
    var rows: [String] = []
    for picture in exported.pictures {
      let path = label(of: "\(root)/\(picture.path)")
      #expect(path.hasPrefix(root + "/"))
      rows.append(texts[String(path.dropFirst(root.count + 1))] ?? "nothing at \(path)")
      let own = Format.yolo.annotationFile?(picture.path)
      #expect(own.map { "\(root)/\($0)" } == path)
    }
    // The box of each picture is as high as its place in the list.
    #expect(rows == example.names.indices.map { "0 0.5 0.5 0.1 \(Double($0 + 1) / 100)\n" })
    #expect(exported.pictures.map(\.index) == Array(example.names.indices))
  }

  @Test(arguments: [
    ("images", "images_"), ("a/Labels", "a/Labels_"), (".x", "_x"), ("..", "train"),
  ])
  func `a split's folder leads no reader elsewhere`(split: String, folder: String) throws {
    let exported = try exporter("yolo").export([oneCrab { $0.split = split }])
    #expect(exported.pictures.map(\.path) == ["images/\(folder)/a.jpg"])
    #expect(exported.texts["labels/\(folder)/a.txt"] != nil)
  }

  @Test func `a picture that is left out has no place`() throws {
    let exported = try exporter("yolo").export([
      dataset(["a.jpg"]), dataset(["b.jpg", "b.png", "", "c.jpg"], split: "val"),
    ])
    #expect(
      exported.pictures == [
        PlacedPicture(dataset: 0, index: 0, path: "images/train/a.jpg"),
        PlacedPicture(dataset: 1, index: 0, path: "images/val/b.jpg"),
        PlacedPicture(dataset: 1, index: 3, path: "images/val/c.jpg"),
      ])
  }

  private func dataset(_ names: [String], split: String? = nil) -> Dataset {
    var dataset = Dataset(split: split, categories: [Category(id: 1, name: "crab")])
    for (index, name) in names.enumerated() {
      dataset.images.append(Image(id: index + 1, fileName: name, width: 100, height: 100))
      let height = Double(index + 1)
      dataset.annotations.append(
        Annotation(
          id: index + 1, imageID: index + 1, categoryID: 1,
          box: Box(x: 45, y: 50 - height / 2, width: 10, height: height)))
    }
    return dataset
  }
}

extension String {
  /// Splits at the last place of a text, once at most, as Python's `rsplit` does.
  fileprivate func components(separatedByLast text: String) -> [String] {
    let start = indices.last { self[$0...].hasPrefix(text) }
    guard let start else { return [self] }
    return [String(self[..<start]), String(self[start...].dropFirst(text.count))]
  }
}
