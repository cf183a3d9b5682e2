import COCO
import Formats
import Testing

/// What COCO's consumers ask of a file.
@Suite struct COCOExporterTests {
  private let mask = RunLengthMask(height: 50, width: 100, counts: [100, 30, 4870])

  private func exported(
    _ datasets: [Dataset], _ change: (inout ExportOptions) -> Void
  ) throws -> Exported {
    var options = ExportOptions()
    change(&options)
    return try exporter("coco", options).export(datasets)
  }

  private func outline(
    of exported: Exported
  ) throws -> Segmentation? {
    try #require(exported.datasets.first?.annotations.first).segmentation
  }

  private static let rings: [Polygons?] = [
    nil, Polygons([]), Polygons([[]]), Polygons([[1, 2, 3, 4]]),
  ]

  @Test(arguments: rings)
  func `a box stands in for an outline that is missing`(rings: Polygons?) throws {
    let dataset = oneCrab { $0.annotations[0].segmentation = rings.map { .polygons($0) } }
    let boxes = try exported([dataset]) { $0.outlines = .box }
    let corners: [Double] = [10, 5, 30, 5, 30, 15, 10, 15]
    #expect(try outline(of: boxes) == .polygons(Polygons([corners])))
    #expect(
      boxes.notes.contains { $0.hasPrefix("1 annotation without an outline has its box as one") })
    #expect(boxes.datasets[0].annotations[0].isChanged == false)
    #expect(try exported([dataset]) { _ in }.datasets == [dataset])
  }

  @Test func `outlines that are there stay, and captions get none`() throws {
    let ring = Segmentation.polygons(Polygons([[1, 1, 9, 1, 9, 9]]))
    let dataset = oneCrab {
      $0.annotations[0].segmentation = ring
      $0.annotations.append(
        Annotation(id: 2, imageID: 1, categoryID: nil, extra: ["caption": "a crab"]))
    }
    let boxes = try exported([dataset]) { $0.outlines = .box }
    #expect(boxes.datasets == [dataset])
    #expect(boxes.notes.isEmpty)
    let none = try exported([dataset]) { $0.outlines = .none }
    #expect(try outline(of: none) == nil)
    #expect(none.losses == [Loss("annotations written without their outlines", count: 1)])
  }

  @Test(arguments: [nil, ExportOptions.Runs.compressed, .lists])
  func `run lengths take the form that is asked for`(runs: ExportOptions.Runs?) throws {
    for given in [Segmentation.runLengths(mask), .compressedRunLengths(mask)] {
      let dataset = oneCrab {
        $0.annotations[0].segmentation = given
        $0.annotations[0].isCrowd = 1
      }
      let expected: Segmentation =
        switch runs {
        case nil: given
        case .compressed?: .compressedRunLengths(mask)
        case .lists?: .runLengths(mask)
        }
      let written = try exported([dataset]) {
        $0.runs = runs
        $0.outlines = .box
      }
      #expect(try outline(of: written) == expected)
    }
  }

  @Test(
    arguments: [
      (.beside, [nil], ["instances.json images/a.jpg"]),
      (.beside, ["train"], ["instances_train.json images/train/a.jpg"]),
      (.published, [nil], ["annotations/instances_train2017.json train2017/a.jpg"]),
      (
        .published, ["train", "valid", "test2014", "odd"],
        [
          "annotations/instances_train2017.json train2017/a.jpg",
          "annotations/instances_val2017.json val2017/a.jpg",
          "annotations/instances_test2017.json test2017/a.jpg",
          "annotations/instances_odd.json odd/a.jpg",
        ]
      ),
      (
        .published, ["val", "valid", "valid"],
        [
          "annotations/instances_val2017.json val2017/a.jpg",
          "annotations/instances_valid.json valid/a.jpg",
          "annotations/instances_val2017_2.json val2017_2/a.jpg",
        ]
      ),
      (.roboflow, [nil], ["train/_annotations.coco.json train/a.jpg"]),
      (
        .roboflow, ["train2017", "val", "test", "odd"],
        [
          "train/_annotations.coco.json train/a.jpg", "valid/_annotations.coco.json valid/a.jpg",
          "test/_annotations.coco.json test/a.jpg", "odd/_annotations.coco.json odd/a.jpg",
        ]
      ),
    ] as [(ExportOptions.COCOFiles, [String?], [String])])
  func `files and pictures lie as the layout has them`(
    files: ExportOptions.COCOFiles, splits: [String?], expected: [String]
  ) throws {
    let datasets = splits.map { split in oneCrab { $0.split = split } }
    let written = try exported(datasets) {
      $0.cocoFiles = files
      $0.placesPictures = true
    }
    #expect(zip(written.paths, written.pictures).map { "\($0) \($1.path)" } == expected)
    #expect(written.pictures.map(\.dataset) == Array(splits.indices))
    #expect(try exported(datasets) { $0.cocoFiles = files }.pictures.isEmpty)
  }

  @Test func `captions alone are called so`() throws {
    let dataset = oneCrab {
      $0.split = "val2017"
      $0.annotations[0].categoryID = nil
    }
    #expect(try exported([dataset]) { _ in }.paths == ["captions_val2017.json"])
  }

  @Test func `names that leave the folder stay within it, no two pictures alike`() throws {
    let names = ["../a.jpg", "a.jpg", "/a.jpg", "../a.jpg", "b/./c.jpg", ""]
    let dataset = oneCrab { dataset in
      dataset.images = names.enumerated().map {
        Image(id: $0.offset + 1, fileName: $0.element, width: 100, height: 50)
      }
    }
    let written = try exported([dataset]) {
      $0.cocoFiles = .published
      $0.placesPictures = true
    }
    let expected = ["a_2.jpg", "a.jpg", "a_3.jpg", "a_2.jpg", "b/c.jpg", ""]
    #expect(written.datasets[0].images.map(\.fileName) == expected)
    #expect(written.pictures.map(\.path) == expected.dropLast().map { "train2017/\($0)" })
    #expect(written.count("images written under another name") == 4)
    #expect(try exported([dataset]) { _ in }.datasets == [dataset])
  }
}

extension Exported {
  /// The datasets of the files that are COCO.
  fileprivate var datasets: [Dataset] {
    files.compactMap { if case .coco(let dataset) = $0.contents { dataset } else { nil } }
  }
}
