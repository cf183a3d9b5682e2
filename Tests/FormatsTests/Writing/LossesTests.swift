import COCO
import Formats
import Testing

/// One change to a dataset and what every format of boxes loses by it.
struct LossCase: Sendable, CustomTestStringConvertible {
  var what: String
  var formats = ["voc", "yolo", "csv"]
  var change: @Sendable (inout Dataset) -> Void

  var testDescription: String { what }

  static let all: [LossCase] = [
    LossCase(what: "datasets written without their info") { $0.info = ["year": 2017] },
    LossCase(what: "licenses left out") { $0.licenses = [.object(["id": 1])] },
    LossCase(what: "datasets written without their further keys") { $0.extra = ["type": "x"] },
    LossCase(what: "images written without their ids") { dataset in
      dataset.images[0].id = 7
      dataset.annotations[0].imageID = 7
    },
    LossCase(what: "annotations written without their ids") { $0.annotations[0].id = 7 },
    LossCase(what: "categories written without their ids") { dataset in
      dataset.categories[0].id = 7
      dataset.annotations[0].categoryID = 7
    },
    LossCase(what: "images written without their further keys", formats: ["yolo", "csv"]) {
      $0.images[0].extra = ["license": 1]
    },
    LossCase(what: "images written without their further keys", formats: ["voc"]) {
      $0.images[0].extra = ["tags": [1]]
    },
    LossCase(what: "categories written without their supercategory") {
      $0.categories[0].supercategory = "animal"
    },
    LossCase(what: "categories written without their further keys") {
      $0.categories[0].extra = ["skeleton": [1]]
    },
    LossCase(what: "categories left out, which no annotation uses", formats: ["voc", "csv"]) {
      $0.categories.append(Category(id: 2, name: "palm"))
    },
    LossCase(what: "categories merged with another of the same name", formats: ["yolo"]) {
      $0.categories.append(Category(id: 1, name: "crab"))
    },
    LossCase(what: "annotations written without their area") { $0.annotations[0].area = 150 },
    LossCase(what: "annotations written without their further keys") {
      $0.annotations[0].extra = ["num_keypoints": 1]
    },
    LossCase(what: "crowd regions, written as single objects", formats: ["voc", "yolo"]) {
      $0.annotations[0].isCrowd = 1
    },
    LossCase(what: "annotations written without their keypoints", formats: ["voc", "csv"]) {
      $0.annotations[0].keypoints = [1, 1, 2]
    },
    LossCase(what: "run-length masks, written as boxes") {
      $0.annotations[0].segmentation = .runLengths(
        RunLengthMask(height: 50, width: 100, counts: [0, 5000]))
    },
    LossCase(what: "polygons, written as boxes", formats: ["yolo", "csv"]) {
      $0.annotations[0].segmentation = .polygons(Polygons([[10, 5, 30, 5, 30, 15]]))
    },
    LossCase(what: "polygons of several rings, written as boxes", formats: ["voc"]) {
      $0.annotations[0].segmentation = .polygons(
        Polygons([[1, 1, 2, 1, 2, 2], [1, 1, 2, 1, 2, 2]]))
    },
    LossCase(what: "polygons without three finite corners, written as boxes", formats: ["voc"]) {
      $0.annotations[0].segmentation = .polygons(Polygons([[1, 1, 2, 1]]))
    },
  ]

  /// Those that leave a record out, so that nothing else of it can be lost; `what` is the reason.
  static let leavingOut: [LossCase] = [
    LossCase(what: "its image does not exist") {
      $0.annotations[0].imageID = 9
    },
    LossCase(what: "its category does not exist") {
      $0.annotations[0].categoryID = 9
    },
    LossCase(what: "a caption has no box") { dataset in
      dataset.annotations[0].categoryID = nil
      dataset.annotations[0].extra = ["caption": "a crab"]
    },
    LossCase(what: "it has no finite box") {
      $0.annotations[0].box = nil
    },
    LossCase(what: "it has no finite box") {
      $0.annotations[0].box = Box(x: .nan, y: 0, width: 1, height: 1)
    },
    LossCase(what: "it has no finite box") {
      $0.annotations[0].box = Box(x: 1.7e308, y: 0, width: 1.7e308, height: 1)
    },
  ]
}

@Suite struct LossesTests {
  @Test(arguments: ["voc", "yolo", "csv"])
  func `nothing is lost of plain boxes`(format: String) throws {
    #expect(try exporter(format).export([oneCrab()]).losses.isEmpty)
  }

  @Test(arguments: LossCase.all)
  func `a loss is counted once`(_ example: LossCase) throws {
    for format in example.formats {
      let exported = try exporter(format).export([oneCrab(example.change)])
      #expect(exported.losses == [Loss(example.what, count: 1)], "\(format)")
    }
  }

  @Test(arguments: LossCase.leavingOut)
  func `an annotation that has no place is left out with the reason`(_ example: LossCase) throws {
    for format in example.formats {
      let exported = try exporter(format).export([oneCrab(example.change)])
      #expect(
        exported.unwritable == [LeftOutRecord(.annotation, dataset: 0, index: 0, example.what)])
      #expect(!exported.texts.values.contains { $0.contains("nan") || $0.contains("null") })
    }
  }

  @Test(arguments: ["voc", "yolo", "csv"])
  func `a picture without a file name is left out with the reason`(format: String) throws {
    let exported = try exporter(format).export([
      oneCrab { $0.images.append(Image(id: 2, fileName: "", width: 1, height: 1)) }
    ])
    #expect(
      exported.unwritable == [LeftOutRecord(.image, dataset: 0, index: 1, "it has no file name")]
    )
    #expect(exported.losses.isEmpty)
  }

  @Test func `a box is made from the outline where there is none`() throws {
    let exported = try exporter("csv").export([
      oneCrab { dataset in
        dataset.annotations[0].box = nil
        dataset.annotations[0].segmentation = .polygons(Polygons([[10, 5, 30, 5, 30, 15]]))
      }
    ])
    #expect(exported.texts["annotations.csv"]?.contains("crab,10,5,30,15") == true)
  }

  @Test(arguments: ["voc", "yolo", "csv"])
  func `losses stand in one order`(format: String) throws {
    let dataset = oneCrab { dataset in
      for example in LossCase.all { example.change(&dataset) }
    }
    let whole = try exporter(format).export([dataset]).losses.map(\.what)
    let reversed = try exporter(format).export([
      oneCrab { dataset in for example in LossCase.all.reversed() { example.change(&dataset) } }
    ]).losses.map(\.what)
    #expect(whole.filter(reversed.contains) == reversed.filter(whole.contains))
    #expect(Set(whole).count == whole.count)
  }
}
