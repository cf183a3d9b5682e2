import COCO
import Files
import TestSupport
import Testing

@testable import Formats

/// Labels, lists and names that lie where no convention has them.
@Suite struct YOLOElsewhereTests {
  private static let row = "0 0.5 0.5 0.2 0.4\n"

  @Test(
    arguments: [
      ("all", "all_label"), ("pictures", "txt"), ("a/images/images", "a/labels"),
      ("JPEGImages", "Annotations/yolo"), ("images", "labels/labels"), ("data", "boxes"),
    ])
  func `labels are found by their names`(_ pictures: String, _ labels: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "\(pictures)/p1.png": "100x50", "\(labels)/p1.txt": Self.row,
      "\(pictures)/p2.png": "100x50", "\(labels)/p2.txt": Self.row + Self.row,
      "\(labels)/classes.txt": "cat\ndog\n", "\(pictures)/p3.png": "100x50",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 3 3"])
    #expect(imported.datasets[0].categories.map(\.name) == ["cat", "dog"])
    #expect(imported.rules == ["image-without-label-file"])
    #expect(imported.notes.contains { $0.hasPrefix("labels of 2 images are read from") })
  }

  @Test func `other texts are no labels`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a.png": "100x50", "images/b.png": "100x50", "labels/a.txt": Self.row,
      "logs/b.txt": "words\n", "logs/c.txt": "words\n", "logs/d.txt": "words\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 2 1"])
  }

  @Test func `a stem of two pictures is given to neither`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "one/a.png": "100x50", "two/a.png": "100x50", "one/b.png": "100x50", "texts/a.txt": Self.row,
      "texts/b.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.rules.contains("label-without-image"))
    #expect(imported.datasets[0].annotations.count == 1)
  }

  @Test(arguments: ["valid.txt", "val.txt", "test.txt"])
  func `a list that the data file does not name is a split`(_ name: String) async throws {
    var files = ["obj.data": "train = train.txt\nnames = obj.names\n", "obj.names": "cat\n"]
    for picture in 1...4 {
      files["img/p\(picture).png"] = "100x50"
      files["img/p\(picture).txt"] = Self.row
    }
    files["train.txt"] = "img/p1.png\nimg/p2.png\n"
    files[name] = "img/p3.png\n"
    let imported = try await TemporaryFolder(yolo: files).readYOLO()
    let split = name == "test.txt" ? "test" : "val"
    #expect(imported.summary == ["train 2 2", "\(split) 1 1", "unlisted 1 1"])
    #expect(imported.notes.contains { $0.contains("\(name) is read as \(split)") })
    #expect(imported.notes.contains { $0.hasPrefix("1 labelled image is in no list") })
  }

  @Test(
    arguments: [
      ["../classes.txt": "cat\n"], ["../data.yaml": "names: [cat]\ntrain: elsewhere\n"],
      ["../obj.names": "cat\n"], ["../data.yaml": "names:\n  0: cat\ntrain: a\nval: b\n"],
    ])
  func `names are taken from the folder above`(_ files: [String: String]) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "set/images/a.png": "100x50", "set/labels/a.txt": Self.row,
    ])
    for (name, text) in files { try fixture.write(Array(text.utf8), to: "set/\(name)") }
    let imported = try await fixture.readYOLO("set")
    #expect(imported.labels == ["cat"])
    #expect(imported.notes.contains { $0.hasPrefix("class names are read from") })
  }

  @Test(
    arguments: [
      ("train: old\ntrain: images\nnames: [a, b]\n", "2:1"),
      ("names: [x, y]\ntrain: images\nnames:\n  0: a\n  1: b\n", "3:1"),
      ("names:\n  - x\n  - y\ntrain: images\nnames: [a, b]\n", "5:1"),
    ])
  func `the last of repeated keys counts`(_ yaml: String, _ place: String) async throws {
    let imported = try await TemporaryFolder(rows: "1 0.5 0.5 0.2 0.4\n", yaml: yaml).readYOLO()
    #expect(imported.labels == ["b"])
    #expect(imported.rules == ["malformed-value"])
    #expect(imported.place(of: "malformed-value") == place)
  }

  @Test(
    arguments: [
      ("vue_d%C3%A9part.txt", "vue_départ.png"), ("vue_départ.txt", "vue_d%C3%A9part.png"),
      ("my%20cat.txt", "my cat.png"), ("a%26b.txt", "A&b.png"),
    ])
  func `quoted names find the plain ones`(_ label: String, _ picture: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/\(picture)": "100x50", "labels/\(label)": Self.row, "classes.txt": "cat\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 1 1"])
    #expect(imported.rules == ["name-matched-loosely"])
  }

  @Test(
    arguments: [
      ["images_train/a.png", "images_val/b.png"], ["train data/a.png", "test data/b.png"],
      ["set-train/images/a.png", "set-val/images/b.png"],
    ])
  func `words in folder names tell splits`(_ pictures: [String]) async throws {
    var files: [String: String] = [:]
    for picture in pictures {
      files[picture] = "100x50"
      files[Path.withoutExtension(picture) + ".txt"] = Self.row
    }
    let imported = try await TemporaryFolder(yolo: files).readYOLO()
    #expect(imported.datasets.count == 2)
    #expect(imported.datasets[0].split == "train")
  }

  @Test(arguments: ["code/data/coco.yaml", "yolov5/cfg/coco.data"])
  func `the data file of a trainers code is left aside`(_ path: String) async throws {
    let isDarknet = path.hasSuffix(".data")
    let fixture = try TemporaryFolder(yolo: [
      path: isDarknet
        ? "train = ../coco/train.txt\nnames = data/coco.names\n"
        : "train: ../coco/train.txt\nval: ../coco/val.txt\nnames: [person, car]\n",
      "images/a.png": "100x50", "labels/a.txt": Self.row, "classes.txt": "cat\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 1 1"])
    #expect(imported.labels == ["cat"])
    #expect(imported.rules.isEmpty)
    #expect(imported.notes.contains { $0.hasSuffix("is not used: nothing that it names is here") })
  }

  @Test(arguments: ["image", "pics", "frames/raw"])
  func `pictures are found in folders of other names`(_ folder: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: ../train/images\nnames: [cat]\n",
      "train/\(folder)/a.png": "100x50", "train/labels/a.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1"])
    #expect(imported.rules.isEmpty)
  }

  @Test func `of two pictures that share a label the listed one has it`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "obj.data": "train = train.txt\nnames = obj.names\n", "obj.names": "cat\n",
      "train.txt": "img/a.png\n", "img/a.png": "100x50", "img/a.bmp": "100x50",
      "img/a.txt": Self.row,
    ])
    #expect(try await fixture.readYOLO().summary == ["train 1 1"])
  }

  @Test(arguments: [["validate"], ["validation"], ["val"]])
  func `a split may have its folder under another name`(_ names: [String]) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "data.yaml": "train: ../train/images\nval: ../valid/images\nnames: [cat]\n",
      "train/images/a.png": "100x50", "train/labels/a.txt": Self.row,
      "\(names[0])/images/b.png": "100x50", "\(names[0])/labels/b.txt": Self.row,
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1", "val 1 1"])
    #expect(imported.rules.isEmpty)
    #expect(imported.notes.contains { $0.contains("there is no ../valid/images") })
  }

  @Test(arguments: ["a.png", "images/a.png", "pics/raw/a.png"])
  func `each listed picture is paired by itself`(_ picture: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "YOLO/obj.data": "train = data/train.txt\nnames = data/obj.names\n", "YOLO/obj.names": "cat",
      "YOLO/train.txt": "data/obj_train_data/a.png\ndata/obj_train_data/b.png\n",
      "YOLO/obj_train_data/a.txt": Self.row, "YOLO/obj_train_data/b.txt": Self.row,
      picture: "100x50",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["train 1 1"])
    #expect(imported.read.annotations == 2)
    #expect(Set(imported.rules) == ["label-without-image"])
  }

  @Test(
    arguments: [
      "masks/a.png", "preview/a_preview.png", "runs/detect/predict/a.png", "out/a-drawn.png",
    ])
  func `pictures made of labelled ones are left out`(_ picture: String) async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a.png": "100x50", "labels/a.txt": Self.row, picture: "100x50", "classes.txt": "cat\n",
    ])
    let imported = try await fixture.readYOLO()
    #expect(imported.summary == ["- 1 1"])
    #expect(imported.rules.isEmpty)
    #expect(imported.notes.contains { $0.contains("is left out: ") })
  }

  @Test func `pictures of other names without labels are background`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "images/a.png": "100x50", "labels/a.txt": Self.row, "negatives/z1.png": "100x50",
      "classes.txt": "cat\n",
    ])
    #expect(try await fixture.readYOLO().summary == ["- 2 1"])
  }

  @Test func `each folder has the names of its own file`() async throws {
    let fixture = try TemporaryFolder(yolo: [
      "A/classes.txt": "dog\n", "A/1.png": "100x50", "A/1.txt": Self.row,
      "B/classes.txt": "cat\n", "B/2.png": "100x50", "B/2.txt": Self.row,
    ])
    #expect(try await fixture.readYOLO().labels.sorted() == ["cat", "dog"])
  }
}
