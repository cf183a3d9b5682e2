import COCO
import Datasets
import Formats
import Testing

@Suite struct ValidationPartTests {
  /// A set with as many objects of each class on each picture as `objects` says.
  private static func set(
    _ objects: [[Int: Int]], split: String? = nil, name: (Int) -> String = { "p\($0).jpg" }
  ) -> Imported {
    var dataset = Dataset(split: split)
    for (index, counts) in objects.enumerated() {
      dataset.images.append(Image(id: index + 1, fileName: name(index), width: 64, height: 48))
      for (category, count) in counts.sorted(by: { $0.key < $1.key }) {
        for _ in 0..<count {
          dataset.annotations.append(
            Annotation(
              id: dataset.annotations.count + 1, imageID: index + 1, categoryID: category,
              box: Box(x: 1, y: 1, width: 8, height: 8)))
        }
      }
    }
    dataset.categories = [Category(id: 1, name: "crab"), Category(id: 2, name: "boat")]
    var imported = Imported()
    imported.datasets = [dataset]
    imported.imageFolders[split ?? ""] = "pictures"
    return imported
  }

  private static func counts(_ dataset: Dataset) -> [Int: Int] {
    dataset.annotations.reduce(into: [:]) { $0[$1.categoryID ?? 0, default: 0] += 1 }
  }

  @Test func `each class is shared out evenly, the rare one too`() throws {
    var imported = Self.set((0..<100).map { $0 < 5 ? [2: 1] : [1: 2] })
    ValidationPart(share: 0.2).make(in: &imported)
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    #expect(imported.datasets.map(\.images.count) == [80, 20])
    #expect(Self.counts(imported.datasets[1])[2] == 1)
    #expect(Self.counts(imported.datasets[0])[2] == 4)
    #expect(imported.imageFolders == ["train": "pictures", "val": "pictures"])
    let images = imported.datasets.map { Set($0.images.map(\.fileName)) }
    #expect(images[0].isDisjoint(with: images[1]))
  }

  @Test func `pictures without objects are shared out too`() {
    var imported = Self.set((0..<40).map { $0 < 20 ? [1: 1] : [:] })
    ValidationPart(share: 0.25).make(in: &imported)
    let empty = imported.datasets.map { dataset in
      let owners = Set(dataset.annotations.map(\.imageID))
      return dataset.images.count { !owners.contains($0.id) }
    }
    #expect(empty == [15, 5])
  }

  @Test func `copies that an export made of one picture stay together`() {
    var imported = Self.set(Array(repeating: [1: 1], count: 60)) { index in
      "p\(index / 3)_jpg.rf.\(index)abc.jpg"
    }
    ValidationPart(share: 0.3).make(in: &imported)
    let sources = imported.datasets.map { dataset in
      Set(dataset.images.map { $0.fileName.prefix { $0 != "." } })
    }
    #expect(sources[0].isDisjoint(with: sources[1]))
    #expect(imported.datasets[1].images.count == 18)
  }

  @Test func `the choice is the same each time`() {
    var (first, second) = (Self.set(Array(repeating: [1: 1], count: 30)), Imported())
    second = first
    ValidationPart(share: 0.5).make(in: &first)
    ValidationPart(share: 0.5).make(in: &second)
    #expect(first.datasets == second.datasets)
  }

  @Test(arguments: [("train", "val"), ("train2017", "val2017"), (nil, "val"), ("training", "val")])
  func `the parts are called as trainers look for them`(split: String?, val: String) {
    var imported = Self.set(Array(repeating: [1: 1], count: 10), split: split)
    ValidationPart(share: 0.2).make(in: &imported)
    #expect(imported.datasets.last?.split == val)
  }

  @Test(arguments: ["val", "valid", "val2017", "validation"])
  func `a set that has a validation part keeps it`(split: String) {
    var imported = Self.set(Array(repeating: [1: 1], count: 10), split: split)
    ValidationPart(share: 0.2).make(in: &imported)
    #expect(imported.datasets.count == 1)
    #expect(imported.notes.count == 1)
  }

  @Test(arguments: [0, 1])
  func `what cannot be parted is left whole, and reported`(pictures: Int) {
    var imported = Self.set(Array(repeating: [1: 1], count: pictures))
    ValidationPart(share: 0.5).make(in: &imported)
    #expect(imported.datasets.count == 1)
    #expect(imported.notes == ["--val creates no split, because its images cannot be divided"])
  }
}
