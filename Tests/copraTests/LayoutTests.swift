import Foundation
import TestSupport
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
      start: #"train(dataset_dir="out""#),
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
      start: #"VOCDetection("out", "2012", "train")"#, reading: ["--voc-pixels", "one-based"]),
  ]
}

@Suite("Layouts")
struct LayoutTests {
  private func convert(
    _ arguments: String..., in folder: TemporaryFolder
  ) throws -> Copra.Ending {
    try Copra.run(["convert"] + arguments, in: folder)
  }

  @Test(
    arguments: LaidOut.all)
  func `a layout has its files, its pictures and its line, and reads back whole`(_ layout: LaidOut)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    let ending = try convert("in", "--layout", layout.testDescription, "-o", "out", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    for file in layout.files { #expect(folder.exists("out/\(file)"), "\(file)") }
    #expect(ending.messages.contains("images below"))
    #expect(ending.messages.contains("11 linked, 1 copied and rotated upright"))
    #expect(ending.messages.contains(layout.start), "\(ending.messages)")
    let again = try Copra.run(
      ["convert", "out", "-o", "again.json"] + layout.reading, in: folder)
    #expect(again.status == 0, "\(again.messages)")
    #expect(try folder.records("annotations", of: "again.json").count == 54)
    #expect(try folder.records("images", of: "again.json").count == 12)
  }

  @Test func `--val makes the part that trainers look for, and without it a note says so`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("csv", to: "in")
    let ending = try convert(
      "in", "--layout", "torchvision", "--val", "0.25", "-o", "out", in: folder)
    #expect(ending.messages.contains("validation split \"val\": 3 of 11 images"))
    #expect(try folder.records("images", of: "out/annotations/instances_val2017.json").count == 3)
    #expect(try folder.records("images", of: "out/annotations/instances_train2017.json").count == 8)
    let bare = try convert("in", "--layout", "torchvision", "-o", "bare", in: folder)
    #expect(bare.messages.contains("the set has no validation split; --val 0.1 creates one"))
  }

  @Test(
    arguments: [
      ["--layout", "ultralytics", "--to", "coco", "-o", "out"],
      ["--layout", "roboflow", "-o", "out.json"], ["--val", "0.1", "-o", "out.json"],
      ["--val", "1", "-o", "out"], ["--val", "-0.1", "-o", "out"],
      ["--upright", "--pictures", "none", "-o", "out"], ["--upright", "-o", "out.json"],
      ["--layout", "yolov3", "-o", "out"], ["--layout", "voc", "--pictures", "none", "-o", "out"],
      ["--upright", "--exif", "stored", "-o", "out"],
    ])
  func `options that contradict each other are refused`(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    let ending = try Copra.run(["convert", "in"] + arguments, in: folder)
    #expect(ending.status == 2)
    #expect(try folder.names() == ["in"])
  }

  @Test func `pictures of one name in several folders get these names before theirs`() throws {
    let folder = try TemporaryFolder()
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
    #expect(ending.messages.contains("1 image has the names of its folders before its own"))
  }

  @Test(
    arguments: [("train2014", "val2014"), ("my_train", "my_val"), ("training", "dev")])
  func `splits are called as the trainer looks for them, whatever they were called`(
    train: String, val: String
  ) throws {
    let folder = try TemporaryFolder()
    for (split, colour) in [(train, 1), (val, 2)] {
      try folder.write(PictureFile.colour(colour), to: "in/\(split).png")
    }
    try folder.write(
      """
      filename,width,height,class,xmin,ymin,xmax,ymax,split
      \(train).png,128,96,cat,1,1,20,20,\(train)
      \(val).png,128,96,bird,2,2,30,30,\(val)

      """, to: "in/all.csv")
    for layout in ["torchvision", "huggingface", "ultralytics"] {
      let ending = try convert("in", "--layout", layout, "-o", layout, in: folder)
      #expect(ending.status == 0, "\(ending.messages)")
      #expect(!ending.messages.contains("no validation split"))
    }
    // Trainers number classes by one list.
    for split in ["train", "val"] {
      let file = "torchvision/annotations/instances_\(split)2017.json"
      #expect(try folder.records("categories", of: file).count == 2)
    }
    #expect(folder.exists("torchvision/train2017/\(train).png"))
    #expect(folder.exists("torchvision/annotations/instances_val2017.json"))
    #expect(folder.exists("huggingface/validation/\(val).png"))
    #expect(folder.exists("ultralytics/images/val/\(val).png"))
  }

  @Test func `a name that another joined name has gets a number`() throws {
    let folder = try TemporaryFolder()
    let names = ["a/x.png", "b/x.png", "c/b_x.png"]
    for (index, name) in names.enumerated() {
      try folder.write(PictureFile.colour(index + 1), to: "pictures/\(name)")
    }
    let images = names.enumerated().map { index, name in
      #"{"id":\#(index + 1),"file_name":"\#(name)","width":128,"height":96}"#
    }
    try folder.write(
      COCOText.dataset(images: images, annotations: [], categories: ["crab"]), to: "in.json")
    let ending = try convert(
      "in.json", "--images", "pictures", "--layout", "roboflow", "-o", "out", in: folder)
    #expect(ending.messages.contains("3 linked"), "\(ending.messages)")
    #expect(
      try folder.names(in: "out/train")
        == ["_annotations.coco.json", "b_x.png", "c_b_x.png", "x.png"])
  }

  @Test func `no split's name leads out of the output`() throws {
    let folder = try TemporaryFolder()
    try folder.write(PictureFile.colour(1), to: "in/a.png")
    try folder.write(
      """
      filename,width,height,class,xmin,ymin,xmax,ymax,split
      a.png,128,96,cat,1,1,20,20,x/../../../../esc

      """, to: "in/all.csv")
    let ending = try convert("in", "-o", "deep/a/b/out", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(try folder.names(in: "deep") == ["a"])
    #expect(try folder.names(in: "deep/a/b/out") == ["images", "instances_x_esc.json"])
  }

  @Test
  func `labels that Ultralytics has cached are forgotten where they are written anew`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    #expect(try convert("in", "--layout", "ultralytics", "-o", "out", in: folder).status == 0)
    try folder.write("kept", to: "out/labels/train.cache")
    let again = try convert("in", "--layout", "ultralytics", "-o", "out", "--force", in: folder)
    #expect(again.status == 0)
    #expect(!folder.exists("out/labels/train.cache"))
  }
}
