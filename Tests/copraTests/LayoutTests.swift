import Foundation
import ProgramTesting
import Testing

/// What `--layout` makes of the sample.
struct LaidOut: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Files that must be there.
  var files: [String]
  /// What the line to start with must hold.
  var start: String
  /// How copra itself reads the output.
  var reading: [String] = []

  static let all = [
    LaidOut(
      testDescription: "ultralytics",
      files: ["data.yaml", "images/train/scene1.jpg", "labels/train/scene1.txt"],
      start: "yolo detect train data=out/data.yaml"),
    LaidOut(
      testDescription: "roboflow",
      files: ["train/_annotations.coco.json", "train/scene1.jpg", "valid/_annotations.coco.json"],
      start: "train(dataset_dir='out'"),
    LaidOut(
      testDescription: "torchvision",
      files: [
        "annotations/instances_train2017.json", "train2017/scene1.jpg", "val2017/scene4.jpg",
      ],
      start: "train.py --data-path out --dataset coco"),
    LaidOut(
      testDescription: "detectron2",
      files: ["annotations/instances_val2017.json", "train2017/scene1.jpg"],
      start: "NUM_CLASSES = 4;"),
    LaidOut(
      testDescription: "mmdetection",
      files: ["annotations/instances_val2017.json", "train2017/scene1.jpg", "mmdetection.py"],
      start: "tools/train.py out/mmdetection.py"),
    LaidOut(
      testDescription: "huggingface",
      files: ["README.md", "train/metadata.jsonl", "train/scene1.jpg", "validation/scene4.jpg"],
      start: "--dataset_name out "),
    LaidOut(
      testDescription: "voc",
      files: [
        "VOCdevkit/VOC2012/Annotations/scene1.xml", "VOCdevkit/VOC2012/ImageSets/Main/val.txt",
        "VOCdevkit/VOC2012/JPEGImages/scene1.jpg", "VOCdevkit/VOC2012/labelmap.txt",
      ],
      start: "VOCDetection('out', '2012', 'train')", reading: ["--voc-pixels", "one-based"]),
  ]
}

@Suite("Layouts")
struct LayoutTests {
  private func convert(
    _ arguments: String..., in folder: Workspace
  ) throws -> Copra.Ending {
    try Copra.run(["convert"] + arguments, in: folder)
  }

  @Test(
    "a layout has its files, its pictures and its line, and reads back whole",
    arguments: LaidOut.all)
  func layout(_ layout: LaidOut) throws {
    let folder = try Workspace()
    try folder.copySample("voc", to: "in")
    let ending = try convert("in", "--layout", layout.testDescription, "-o", "out", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    for file in layout.files { #expect(folder.exists("out/\(file)"), "\(file)") }
    #expect(ending.messages.contains("pictures below"))
    #expect(ending.messages.contains("11 linked, 1 copied and turned upright"))
    #expect(ending.messages.contains(layout.start), "\(ending.messages)")
    let again = try Copra.run(
      ["convert", "out", "-o", "again.json"] + layout.reading, in: folder)
    #expect(again.status == 0, "\(again.messages)")
    #expect(try folder.records("annotations", of: "again.json").count == 54)
    #expect(try folder.records("images", of: "again.json").count == 12)
  }

  @Test("--val makes the part that trainers look for, and without it a note says so")
  func validation() throws {
    let folder = try Workspace()
    try folder.copySample("csv", to: "in")
    let ending = try convert(
      "in", "--layout", "torchvision", "--val", "0.25", "-o", "out", in: folder)
    #expect(ending.messages.contains("3 of 11 pictures are the validation part"))
    #expect(try folder.records("images", of: "out/annotations/instances_val2017.json").count == 3)
    #expect(try folder.records("images", of: "out/annotations/instances_train2017.json").count == 8)
    let bare = try convert("in", "--layout", "torchvision", "-o", "bare", in: folder)
    #expect(bare.messages.contains("there is no validation part; --val 0.1 makes one"))
  }

  @Test(
    "options that contradict each other are refused",
    arguments: [
      ["--layout", "ultralytics", "--to", "coco", "-o", "out"],
      ["--layout", "roboflow", "-o", "out.json"], ["--val", "0.1", "-o", "out.json"],
      ["--val", "1", "-o", "out"], ["--val", "-0.1", "-o", "out"],
      ["--upright", "--pictures", "none", "-o", "out"], ["--upright", "-o", "out.json"],
      ["--layout", "yolov3", "-o", "out"],
    ])
  func contradictions(arguments: [String]) throws {
    let folder = try Workspace()
    try folder.copySample("voc", to: "in")
    let ending = try Copra.run(["convert", "in"] + arguments, in: folder)
    #expect(ending.status == 2)
    #expect(try folder.names() == ["in"])
  }

  @Test("pictures of one name in several folders get these names before theirs")
  func names() throws {
    let folder = try Workspace()
    for name in ["a/x.png", "b/x.png", "b/y.png"] {
      try folder.write(PictureFile.colour(1), to: "pictures/\(name)")
    }
    let images = ["a/x.png", "b/x.png", "b/y.png"].enumerated().map { index, name in
      #"{"id":\#(index + 1),"file_name":"\#(name)","width":128,"height":96}"#
    }
    let annotations = (1...3).map {
      #"{"id":\#($0),"image_id":\#($0),"category_id":1,"bbox":[\#($0),4,9,8],"area":72,"iscrowd":0}"#
    }
    try folder.write(
      COCOText.dataset(images: images, annotations: annotations, categories: ["crab"]),
      to: "in.json")
    let ending = try convert(
      "in.json", "--images", "pictures", "--layout", "ultralytics", "-o", "out", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(try folder.names(in: "out/images/train") == ["b_x.png", "x.png", "y.png"])
    #expect(try folder.names(in: "out/labels/train") == ["b_x.txt", "x.txt", "y.txt"])
    #expect(ending.messages.contains("1 pictures have the names of their folders before theirs"))
  }

  @Test("labels that Ultralytics has cached are forgotten where they are written anew")
  func caches() throws {
    let folder = try Workspace()
    try folder.copySample("voc", to: "in")
    #expect(try convert("in", "--layout", "ultralytics", "-o", "out", in: folder).status == 0)
    try folder.write("kept", to: "out/labels/train.cache")
    let again = try convert("in", "--layout", "ultralytics", "-o", "out", "--force", in: folder)
    #expect(again.status == 0)
    #expect(!folder.exists("out/labels/train.cache"))
  }
}
