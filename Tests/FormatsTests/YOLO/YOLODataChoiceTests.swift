import COCO
import Files
import TestSupport
import Testing

@testable import Formats

/// Which of several data files is read, and what becomes of labels that it does not name.
@Suite struct YOLODataChoiceTests {
  private static let row = "0 0.5 0.5 0.2 0.4\n"
  private static let coco =
    "train: ./coco/train.txt\nval: ./coco/val.txt\nnames: ["
    + (["person"] + (1...78).map { "c\($0)" } + ["toothbrush"]).joined(separator: ", ") + "]\n"

  /// A set of labelled pictures in `train` with classes 0 and 1, and data files.
  private static func fixture(_ dataFiles: [String: String]) throws -> TemporaryFolder {
    try TemporaryFolder(
      yolo: [
        "train/images/a.png": "100x50", "train/labels/a.txt": row,
        "train/images/b.png": "100x50", "train/labels/b.txt": "1 0.5 0.5 0.2 0.4\n",
      ].merging(dataFiles) { first, _ in first })
  }

  @Test(
    arguments: [
      // Neither leads anywhere, and COCO's classes are not the set's.
      ["coco.yaml": coco, "mine.yaml": "train: ./x/t\nval: ./x/v\nnames: [cat, dog]\n"],
      // The usual name says less than the numbers of the classes.
      ["data.yaml": "train: x\nnames: [fish]\n", "mine.yaml": "train: y\nnames: [cat, dog]\n"],
      // A path that leads somewhere says most.
      [
        "data.yaml": "train: x\nnames: [fish, bird]\n",
        "z.yaml": "train: train\nnames: [cat, dog]\n",
      ],
      [
        "a.yaml": "train: x\nnames: [f, g]\n",
        "z.yaml": "train: /y/train/images\nnames: [cat, dog]\n",
      ],
      // The files of a trainer's code stand in a folder of their own, with pictures of its own.
      [
        "data/coco.yaml": coco, "data/images/bus.png": "100x50",
        "data/mine.yaml": "path: train\ntrain: images\nnames: [cat, dog]\n",
        "data/drone.yaml": "train: drone/images\nval: d/images\nnames: [fish, bird]\n",
      ],
      [
        "a/data/coco.data": "train = ../coco/train.txt\nnames = coco.names\n",
        "a/data/dog.png": "100x50", "a/data/coco.names": "fish\nbird\n",
        "set/obj.data": "train = list.txt\nnames = obj.names\n", "set/obj.names": "cat\ndog\n",
        "set/list.txt": "../train/images/a.png\n../train/images/b.png\n",
      ],
      // The folder of the upper one holds labels, but the lower one names them.
      [
        "a.yaml": "train: ../gone/images\nnames: [fish, bird]\n",
        "configs/mine.yaml": "train: train/images\nnames: [cat, dog]\n",
      ],
    ])
  func `the data file that fits is read`(_ dataFiles: [String: String]) async throws {
    let imported = try await Self.fixture(dataFiles).readYOLO()
    #expect(imported.datasets.map { $0.categories.map(\.name) } == [["cat", "dog"]])
    #expect(imported.summary == ["train 2 2"])
    #expect(imported.notes.contains { $0.contains("not used") })
  }

  @Test func `fewest names that hold all numbers are taken`() async throws {
    let imported = try await Self.fixture([
      "b.yaml": "train: x\nnames: [e, f, g, h]\n", "c.yaml": "train: x\nnames: [cat, dog]\n",
      "d.yaml": "train: x\nnames: [i]\n",
    ]).readYOLO()
    #expect(imported.labels == ["cat", "dog"])
  }

  @Test(arguments: [("test", "test"), ("validation", "val"), ("testing", "test")])
  func `a labelled folder of a split that is not named is read`(_ folder: String, _ split: String)
    async throws
  {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: /kaggle/images/train\nnames: [cat]\n",
      "images/train/a.png": "100x50", "labels/train/a.txt": Self.row,
      "images/\(folder)/b.png": "100x50", "labels/\(folder)/b.txt": Self.row + Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1", "\(split) 1 2"])
    #expect(
      imported.notes.contains { $0.hasSuffix("is read as \(split), though no data file names it") })
  }

  @Test func `a missing split is told beside one that is not named`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: images/train\nval: images/val\nnames: [cat]\n",
      "images/train/a.png": "100x50", "labels/train/a.txt": Self.row,
      "images/test/b.png": "100x50", "labels/test/b.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1", "test 1 1"])
    #expect(imported.rules == ["missing-image-file"])
  }

  @Test(arguments: ["extra", "old/train", "more/images"])
  func `other labelled folders are told`(_ folder: String) async throws {
    let labels = YOLOLabelRule.swap("images", for: "labels", in: folder) ?? folder
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: images/train\nnames: [cat]\n",
      "images/train/a.png": "100x50", "labels/train/a.txt": Self.row,
      "\(folder)/b.png": "100x50", "\(labels)/b.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1"])
    #expect(
      imported.notes == [
        "\(fixture.path)/\(folder) is left out: 1 labelled image there, and no data file names it"
      ])
  }

  @Test func `what the data file names and what was predicted is not told`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: train.txt\nval: images/val\nnames: [cat]\n",
      "train.txt": "./images/train/a.png\n",
      "images/train/a.png": "100x50", "labels/train/a.txt": Self.row,
      "images/val/b.png": "100x50", "labels/val/b.txt": Self.row,
      "runs/detect/predict/b.png": "100x50", "runs/detect/predict/labels/b.txt": Self.row,
      "docs/c.png": "100x50",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1", "val 1 1"])
    #expect(imported.notes.isEmpty)
  }

  @Test func `labels without pictures that are not named are told`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: images/train\nnames: [cat]\n",
      "images/train/a.png": "100x50", "labels/train/a.txt": Self.row,
      "labels/test/b.txt": Self.row, "labels/test/c.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(
      imported.notes == [
        "\(fixture.path)/labels/test is left out: 2 label files without images, and no data file names "
          + "them"
      ])
  }

  @Test func `a list beside those of a data YAML is a split`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: train.txt\nnames: [cat]\n", "train.txt": "img/a.png\n",
      "test.txt": "img/b.png\n", "img/a.png": "100x50", "img/a.txt": Self.row,
      "img/b.png": "100x50", "img/b.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1", "test 1 1"])
    #expect(imported.notes.contains { $0.contains("test.txt is read as test") })
  }
}
