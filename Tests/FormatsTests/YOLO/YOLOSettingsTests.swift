import COCO
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLOSettingsTests {
  @Test(arguments: [
    (["train", "val"], "train: images/train\nval: images/val\n"),
    (["train2017", "val2017"], "train: images/train2017\nval: images/val2017\n"),
    (["training", "valid"], "train: images/training\nval: images/valid\n"),
    (["Train", "validation"], "train: images/Train\nval: images/validation\n"),
    (["testing", "dev", "train"], "train: images/train\nval: images/dev\ntest: images/testing\n"),
    (["my-train", "my-val"], "train: images/my-train\nval: images/my-val\n"),
    (["train", "val", "valid"], "train: images/train\nval: [images/val, images/valid]\n"),
    (["train", "val", "extra"], "train: images/train\nval: images/val\nextra: images/extra\n"),
    (["train", "val", "names"], "train: images/train\nval: images/val\nnames_: images/names\n"),
  ])
  func `splits stand under the keys that trainers ask for`(
    splits: [String], text: String
  ) throws {
    let exported = try exporter("yolo").export(splits.map { split in oneCrab { $0.split = split } })
    #expect(exported.texts["data.yaml"] == text + "\nnames:\n  0: crab\n")
    #expect(exported.notes.isEmpty)
  }

  @Test(arguments: [
    ([nil], ["train": "train", "val": "train"], 0),
    (["val"], ["train": "val", "val": "val"], 0),
    (["test"], ["train": "test", "val": "test", "test": "test"], 0),
    (["train", "test"], ["train": "train", "val": "train", "test": "test"], 0),
    (["all"], ["train": "all", "val": "all"], 1),
  ])
  func `train and val are always there`(
    splits: [String?], folders: [String: String], unknown: Int
  ) async throws {
    let exported = try exporter("yolo").export(splits.map { split in oneCrab { $0.split = split } })
    let text = try #require(exported.texts["data.yaml"])
    for (key, folder) in folders {
      #expect(text.split(separator: "\n").contains("\(key): images/\(folder)"), "\(text)")
    }
    #expect(!exported.notes.isEmpty && exported.notes.allSatisfy { $0.contains("data.yaml names") })
    #expect(exported.count("splits") == unknown)
    // What stands in for another part is read once, and no fault.
    let fixture = try TemporaryFolder(yolo: exported.texts)
    for picture in exported.pictures { try fixture.picture(picture.path) }
    let result = try await fixture.readYOLO()
    #expect(result.datasets.count == splits.count && result.rules.isEmpty)
    #expect(result.datasets.flatMap(\.images).count == splits.count)
  }

  @Test func `a part that says nothing of standing in is another's copy`() async throws {
    let fixture = try TemporaryFolder(
      rows: "0 0.5 0.5 0.1 0.1\n", yaml: "train: images\nval: images\nnames: [a]\n")
    #expect(try await fixture.readYOLO().rules == ["same-folder-splits"])
  }
}
