import COCO
import TestSupport

/// Makes datasets of all that a format holds: the same from the same seed.
struct DatasetGenerator {
  let format: String
  /// Whether objects have outlines of one ring, where the format has them.
  var hasOutlines = false
  private var random: SeededNumbers
  private let categories = [
    "crab", "hermit crab", "no", "1", "a, \"b\"", "palm: tall # not #1", "蟹", "<&>", "it's;|",
  ]

  init(format: String, seed: UInt64) {
    self.format = format
    random = SeededNumbers(seed: seed)
  }

  /// Two splits that share some names, or one dataset without a split.
  mutating func datasets() -> [Dataset] {
    let hasSplits = Bool.random(using: &random)
    return (hasSplits ? ["train", "val"] : [nil]).map { dataset(split: $0) }
  }

  private mutating func dataset(split: String?) -> Dataset {
    var dataset = Dataset(split: split)
    dataset.categories = categories.enumerated().map { Category(id: $0 + 1, name: $1) }
    for number in 1...Int.random(in: 2...12, using: &random) {
      let image = image(number, split: split)
      dataset.images.append(image)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        var annotation = annotation(on: image)
        annotation.id = dataset.annotations.count + 1
        dataset.annotations.append(annotation)
      }
    }
    return dataset
  }

  /// A picture's size follows from its number, since two splits may mean the same file. The first
  /// lies in no sub-folder, so that names are relative to the folder that they were written for.
  private mutating func image(_ number: Int, split: String?) -> Image {
    // VOC's lists of splits cannot hold blanks.
    let blank = format == "voc" && split != nil ? "_" : " "
    let names = [
      "süd/b\(blank)&\(blank)c\(number).png", "日本/画像\(number).png", "x'y,\(number).png",
      "only \(split ?? "here") \(number).png".split(separator: " ").joined(separator: blank),
    ]
    let name = number == 1 ? "first.png" : names[number % names.count]
    return Image(id: number, fileName: name, width: 40 + 97 * number, height: 30 + 61 * number)
  }

  private mutating func annotation(on image: Image) -> Annotation {
    let category = Int.random(in: 1...categories.count, using: &random)
    var annotation = Annotation(id: 0, imageID: image.id, categoryID: category)
    let digits = [1.0, 10, 100, 1e9][Int.random(in: 0..<4, using: &random)]
    if hasOutlines {
      let ring = (0..<Int.random(in: 3...8, using: &random)).flatMap { _ in
        [number(below: image.width, digits), number(below: image.height, digits)]
      }
      let outline = Polygons([ring])
      annotation.segmentation = .polygons(outline)
      annotation.box = outline.extent
    } else {
      annotation.box =
        Box(
          x0: number(below: image.width, digits), y0: number(below: image.height, digits),
          x1: number(below: image.width, digits), y1: number(below: image.height, digits)
        ).sorted
    }
    if format == "csv" { annotation.isCrowd = Int.random(in: 0...1, using: &random) }
    if format != "yolo" { annotation.attributes = attributes() }
    return annotation
  }

  private mutating func number(below limit: Int, _ digits: Double) -> Double {
    (Double.random(in: 0..<Double(limit), using: &random) * digits).rounded() / digits
  }

  private mutating func attributes() -> JSONObject {
    let all: [(String, JSONValue)] = [
      ("pose", "Left"), ("truncated", 1), ("difficult", 1), ("occluded", 0),
      ("colour", "red, \"dark\" <2>"), ("legs", 8), ("note", "zwei\nZeilen"),
      ("path", "c:\\x;y|z"), ("weight", 0.25), ("größe", "蟹 & co"),
    ]
    var attributes = JSONObject()
    for (name, value) in all where Bool.random(using: &random) {
      if format == "voc", name == "größe" { continue }
      attributes.members.append(.init(name: name, value: value))
    }
    return attributes
  }
}
