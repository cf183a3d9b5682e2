import COCO
import Files
import Formats
import Testing

@Suite struct SplitMergerTests {
  /// A split with one annotation for each image, of the first category.
  private func dataset(
    _ split: String, images: [Int], annotations: [Int], categories: [(Int, String)] = [(1, "crab")]
  ) -> Dataset {
    var dataset = Dataset(split: split)
    dataset.images = images.map {
      Image(id: $0, fileName: "\($0).png", width: 32, height: 24)
    }
    dataset.annotations = zip(annotations, images).map {
      Annotation(id: $0, imageID: $1, categoryID: categories[0].0)
    }
    dataset.categories = categories.map { Category(id: $0.0, name: $0.1) }
    return dataset
  }

  private func merged(_ datasets: [Dataset], folders: [String: String] = [:]) throws -> Imported {
    var imported = Imported()
    imported.datasets = datasets
    imported.imageFolders = folders
    SplitMerger.merge(&imported)
    return imported
  }

  @Test func `ids are kept where no two records share one`() throws {
    let result = try merged([
      dataset("train", images: [5, 3], annotations: [10, 12]),
      dataset("val", images: [4], annotations: [11]),
    ]).whole
    #expect(result.split == nil)
    #expect(result.images.map(\.id) == [5, 3, 4])
    #expect(result.annotations.map(\.id) == [10, 12, 11])
    #expect(result.annotations.map(\.imageID) == [5, 3, 4])
  }

  @Test(arguments: [([1, 2], [3, 4]), ([7, 8], [1, 4])])
  func `ids that two records share are given anew`(
    images: [Int], annotations: [Int]
  ) throws {
    let result = try merged([
      dataset("train", images: [1, 2], annotations: [1, 2]),
      dataset("val", images: images, annotations: annotations),
    ]).whole
    #expect(result.images.map(\.id) == [1, 2, 3, 4])
    #expect(result.annotations.map(\.id) == [1, 2, 3, 4])
    #expect(result.annotations.map(\.imageID) == [1, 2, 3, 4])
  }

  @Test(arguments: [
    (["train": "set/train/images", "val": "set/val/images"], "set", "train/images", "val/images"),
    (["train": "set/images", "val": "set/images"], "set/images", "", ""),
    (["train": "set", "val": "set/val"], "set", "", "val"),
    (["train": "/a", "val": "/b"], "/", "a", "b"),
    (["train": "a", "val": "b"], ".", "a", "b"),
    (["train": "sets", "val": "setz"], ".", "sets", "setz"),
  ])
  func `file names are relative to the folder of all pictures`(
    folders: [String: String], root: String, train: String, val: String
  ) throws {
    let imported = try merged(
      [
        dataset("train", images: [1], annotations: [1]),
        dataset("val", images: [2], annotations: [2]),
      ], folders: folders)
    #expect(imported.imageFolders == ["": root])
    #expect(
      try imported.whole.fileNames == [Path.join(train, "1.png"), Path.join(val, "2.png")])
  }

  @Test func `categories of one name are one`() throws {
    let result = try merged([
      dataset("train", images: [1], annotations: [1], categories: [(1, "crab"), (2, "palm")]),
      dataset("val", images: [2], annotations: [2], categories: [(1, "palm"), (2, "boat")]),
    ]).whole
    #expect(result.classes == ["crab", "palm", "boat"])
    #expect(result.categories.map(\.id) == [1, 2, 3])
    #expect(result.annotations.map(\.categoryID) == [1, 2])
  }

  @Test func `categories keep ids that fit together`() throws {
    let result = try merged([
      dataset("train", images: [1], annotations: [1], categories: [(18, "dog")]),
      dataset("val", images: [2], annotations: [2], categories: [(3, "car"), (18, "dog")]),
    ]).whole
    #expect(result.categories.map(\.id) == [18, 3])
    #expect(result.annotations.map(\.categoryID) == [18, 3])
  }

  @Test func `what stands beside the records is kept`() throws {
    var train = dataset("train", images: [1], annotations: [1])
    train.extra = ["a": 1]
    var val = dataset("val", images: [2], annotations: [2])
    val.info = ["year": 2012]
    val.licenses = [4]
    val.extra = ["a": 2, "b": 3]
    let result = try merged([train, val]).whole
    #expect(result.info == ["year": 2012])
    #expect(result.licenses == [4])
    #expect(result.extra == ["a": 1, "b": 3])
  }

  @Test func `one dataset stays as it is`() throws {
    let only = dataset("train", images: [4], annotations: [9])
    #expect(try merged([only], folders: ["train": "x"]).whole == only)
  }
}
