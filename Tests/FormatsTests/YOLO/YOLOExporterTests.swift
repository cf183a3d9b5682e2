import COCO
import Formats
import Testing

@Suite struct YOLOExporterTests {
  @Test func `rows are centres and extents relative to the picture`() throws {
    let texts = try exporter("yolo").export([beach()]).texts
    #expect(
      texts["labels/train/a.txt"] == """
        1 0.696875 0.42916666666666664 0.20625 0.3
        0 0.381578125 0.027083333333333334 0.46165625 0.05

        """)
    #expect(texts["labels/train/süd/b & c.txt"] == "0 0.09375 0.25 0.15625 0.4166666666666667\n")
  }

  @Test func `a picture without objects has an empty file`() throws {
    #expect(try exporter("yolo").export([beach()]).texts["labels/train/süd/empty.txt"] == "")
  }

  @Test func `data.yaml names splits and classes`() throws {
    let splits = ["test", "extra", "val", "train"].map { beach(split: $0) }
    let exported = try exporter("yolo").export(splits)
    #expect(
      exported.texts["data.yaml"] == """
        train: images/train
        val: images/val
        test: images/test
        extra: images/extra

        names:
          0: crab
          1: "palm: tall"

        """)
    #expect(exported.count("splits") == 1)
  }

  @Test func `splits with other categories share one list of names`() throws {
    let other = oneCrab { dataset in
      dataset.split = "val"
      dataset.categories = [Category(id: 1, name: "boat"), Category(id: 2, name: "crab")]
      dataset.annotations.append(dataset.annotations[0])
      dataset.annotations[1].id = 2
      dataset.annotations[1].categoryID = 2
    }
    let texts = try exporter("yolo").export([oneCrab(), other]).texts
    #expect(texts["data.yaml"]?.contains("  0: crab\n  1: boat\n") == true)
    #expect(texts["labels/val/a.txt"] == "1 0.2 0.2 0.2 0.2\n0 0.2 0.2 0.2 0.2\n")
  }

  @Test(arguments: [
    ("crab", "crab"), ("hermit crab", "hermit crab"), ("no", "\"no\""), ("Yes", "\"Yes\""),
    ("null", "\"null\""), ("1", "\"1\""), ("1e3", "\"1e3\""), ("~", "\"~\""), ("", "\"\""),
    (" a", "\" a\""), ("a ", "\"a \""), ("a: b", "\"a: b\""), ("a #b", "\"a #b\""),
    ("- a", "\"- a\""), ("'a'", "\"'a'\""), ("a\"b\\", "\"a\\\"b\\\\\""), ("ü", "\"ü\""),
    ("a\nb", "\"a\\nb\""), ("\u{85}\u{2028}\u{FEFF}\u{0}", "\"\\u0085\\u2028\\ufeff\\u0000\""),
    ("\u{1F980}", "\"\u{1F980}\""), ("{a}", "\"{a}\""),
  ])
  func `names are quoted for YAML`(name: String, written: String) throws {
    let exported = try exporter("yolo").export([oneCrab { $0.categories[0].name = name }])
    #expect(exported.texts["data.yaml"]?.hasSuffix("  0: \(written)\n") == true)
  }

  @Test func `polygons are written where they are asked for`() throws {
    var options = ExportOptions()
    options.yoloRows = .polygon
    let exported = try exporter("yolo", options).export([beach()])
    #expect(
      exported.texts["labels/train/süd/b & c.txt"]
        == "0 0.015625 0.041666666666666664 0.171875 0.041666666666666664 0.015625 "
        + "0.4583333333333333\n")
    #expect(exported.count("polygons") == 0)
  }

  @Test func `keypoints give pose rows`() throws {
    let exported = try exporter("yolo").export([
      oneCrab { dataset in
        dataset.categories[0].extra = ["keypoints": ["left claw", "right claw"]]
        dataset.annotations[0].keypoints = [10, 5, 2, 0, 0, 0]
        dataset.annotations.append(dataset.annotations[0])
        dataset.annotations[1].id = 2
        dataset.annotations[1].keypoints = nil
      }
    ])
    #expect(
      exported.texts["labels/train/a.txt"]
        == "0 0.2 0.2 0.2 0.2 0.1 0.1 2 0 0 0\n0 0.2 0.2 0.2 0.2 0 0 0 0 0 0\n")
    #expect(exported.texts["data.yaml"]?.contains("\nkpt_shape: [2, 3]\n") == true)
    #expect(exported.count("annotations without keypoints") == 1)
    #expect(exported.count("annotations written without their keypoints") == 0)
  }

  @Test func `categories of unlike keypoints give box rows`() throws {
    let exported = try exporter("yolo").export([
      oneCrab { dataset in
        dataset.categories[0].extra = ["keypoints": ["left claw", "right claw"]]
        dataset.categories.append(Category(id: 2, name: "palm"))
        dataset.annotations[0].keypoints = [10, 5, 2, 0, 0, 0]
      }
    ])
    #expect(exported.texts["labels/train/a.txt"] == "0 0.2 0.2 0.2 0.2\n")
    #expect(exported.texts["data.yaml"]?.contains("kpt_shape") == false)
    #expect(exported.count("annotations written without their keypoints") == 1)
  }

  @Test func `a picture of unknown size is left out unless it has no objects`() throws {
    let exported = try exporter("yolo").export([
      oneCrab { dataset in
        dataset.images[0].height = 0
        dataset.images.append(Image(id: 2, fileName: "b.jpg", width: 0, height: 0))
      }
    ])
    #expect(exported.paths == ["labels/train/b.txt", "data.yaml"])
    #expect(
      exported.unwritable == [
        LeftOutRecord(.image, dataset: 0, index: 0, "its size is not known")
      ])
  }

  @Test func `a second picture of one stem is left out with the reason`() throws {
    let exported = try exporter("yolo").export([
      oneCrab { $0.images.append(Image(id: 2, fileName: "a.png", width: 5, height: 5)) }
    ])
    #expect(exported.texts["labels/train/a.txt"] == "0 0.2 0.2 0.2 0.2\n")
    let reason = "its label file is that of a.jpg"
    #expect(exported.unwritable == [LeftOutRecord(.image, dataset: 0, index: 1, reason)])
  }

  @Test(arguments: [
    (0.97, ExportOptions.YOLORows.box, 1), (0.95, .box, 0), (-0.07, .box, 1), (-0.05, .box, 0),
    (0.92, .polygon, 1), (0.905, .polygon, 0),
  ])
  func `a picture that Ultralytics would leave out is counted`(
    left: Double, rows: ExportOptions.YOLORows, refused: Int
  ) throws {
    var options = ExportOptions()
    options.yoloRows = rows
    let exported = try exporter("yolo", options).export([
      oneCrab { dataset in
        dataset.images[0].width = 100
        dataset.images[0].height = 100
        dataset.annotations[0].segmentation = nil
        dataset.annotations[0].box = Box(x: 100 * left, y: 10, width: 10, height: 10)
      }
    ])
    #expect(exported.count("images with objects more than 1 % outside") == refused)
    #expect(exported.unwritable.isEmpty)
  }

  @Test func `attributes are counted`() throws {
    #expect(try exporter("yolo").export([beach()]).count("annotations written without all") == 2)
  }
}
