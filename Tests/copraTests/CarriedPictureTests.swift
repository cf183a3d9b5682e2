import Foundation
import TestSupport
import Testing

@Suite("Pictures that come to the output")
struct CarriedPictureTests {
  private func convert(_ arguments: [String], in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(["convert", "in"] + arguments, in: folder)
  }

  private func number(of path: String, in folder: TemporaryFolder) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(path))
    return attributes[.systemFileNumber] as? Int
  }

  @Test func `they are linked to a folder, copied or left where the user says so`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    let own = try number(of: "in/JPEGImages/scene1.jpg", in: folder)
    #expect(try convert(["-o", "linked"], in: folder).status == 0)
    #expect(try number(of: "linked/images/train/scene1.jpg", in: folder) == own)
    #expect(try convert(["-o", "copied", "--pictures", "copy"], in: folder).status == 0)
    #expect(try number(of: "copied/images/train/scene1.jpg", in: folder) != own)
    #expect(try convert(["-o", "none", "--pictures", "none"], in: folder).status == 0)
    #expect(try folder.names(in: "none") == ["instances_train.json", "instances_val.json"])
    #expect(try convert(["-o", "one.json"], in: folder).status == 0)
    #expect(try folder.names().sorted() == ["copied", "in", "linked", "none", "one.json"])
  }

  @Test func `every verb finds them again by the file, wherever that went with them`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    #expect(try convert(["-o", "out"], in: folder).status == 0)
    #expect(try convert(["-o", "one.json"], in: folder).status == 0)
    try FileManager.default.moveItem(
      atPath: folder.path("out"), toPath: folder.path("elsewhere"))
    for file in ["elsewhere/instances_train.json", "one.json"] {
      let ending = try Copra.run(["validate", file], in: folder)
      #expect(!ending.messages.contains("not found"), "\(ending.messages)")
      #expect(ending.results.contains("exif-orientation") == (file == "one.json"))
    }
  }

  @Test func `a picture that is not there is reported, and all others come`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    try FileManager.default.removeItem(atPath: folder.path("in/JPEGImages/scene1.jpg"))
    let ending = try convert(["-o", "out"], in: folder)
    #expect(ending.messages.contains("11 linked"))
    #expect(
      ending.messages.contains(
        "warning: 1 image was not found and is not in the output: scene1.jpg"))
  }

  @Test func `another file in its place is not replaced without --force`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    try folder.write("mine", to: "out/images/train/scene1.jpg")
    let refused = try convert(["-o", "out"], in: folder)
    #expect(refused.status == 2)
    #expect(refused.messages.contains("out/images/train/scene1.jpg exists; --force replaces it"))
    #expect(try folder.text("out/images/train/scene1.jpg") == "mine")
    #expect(try folder.names(in: "out") == ["images"])
    #expect(try convert(["-o", "out", "--force"], in: folder).status == 0)
    #expect(try folder.text("in/JPEGImages/scene1.jpg") != "mine")
    let own = try number(of: "in/JPEGImages/scene1.jpg", in: folder)
    #expect(try number(of: "out/images/train/scene1.jpg", in: folder) == own)
  }

  @Test func `what a killed run has placed is taken, and the result is whole`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    #expect(try convert(["-o", "whole"], in: folder).status == 0)
    // As far as a run may have come: some pictures, and its unfinished files.
    try folder.copy(folder.path("in/JPEGImages/scene1.jpg"), to: "out/images/train/scene1.jpg")
    try folder.write("half", to: "out/.out.999999999.part/images/train/scene2.jpg")
    #expect(try convert(["-o", "out"], in: folder).status == 0)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path("out")).sorted()
    let whole = try FileManager.default.subpathsOfDirectory(atPath: folder.path("whole")).sorted()
    #expect(names == whole)
  }

  @Test func `pictures that two splits call alike are not taken for one`() throws {
    let folder = try TemporaryFolder()
    for (split, colour) in [("train", 1), ("val", 2)] {
      try folder.write(PictureFile.colour(colour), to: "in/\(split)/images/a.png")
      try folder.write("", to: "in/\(split)/labels/a.txt")
    }
    try folder.write("names: [crab]\ntrain: train/images\nval: val/images\n", to: "in/data.yaml")
    let ending = try convert(["--to", "voc", "-o", "out"], in: folder)
    let kept = try folder.names(in: "out/JPEGImages").count
    #expect(kept == 2 || ending.messages.contains("warning: 1 image is not in the output"))
    #expect(try convert(["-o", "coco"], in: folder).status == 0)
    #expect(try folder.names(in: "coco/images/train") == ["a.png"])
    #expect(try folder.names(in: "coco/images/val") == ["a.png"])
  }

  @Test func `a picture that is read is not replaced, even by --force`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    #expect(try convert(["-o", "set", "--pictures", "copy"], in: folder).status == 0)
    let before = try folder.bytes("set/images/val/scene8.jpg")
    let ending = try Copra.run(
      ["convert", "set/instances_val.json", "-o", "set", "--upright", "--to", "yolo", "--force"],
      in: folder)
    #expect(try folder.bytes("set/images/val/scene8.jpg") == before, "\(ending.messages)")
  }

  @Test func `pictures of an earlier run that are not of this one are told`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("csv", to: "in")
    #expect(try convert(["--layout", "ultralytics", "-o", "out"], in: folder).status == 0)
    let again = try convert(
      ["--layout", "ultralytics", "--val", "0.25", "-o", "out", "--force"], in: folder)
    #expect(
      again.messages.contains("warning: 3 images are in the output from an earlier run"),
      "\(again.messages)")
  }

  @Test func `the folder is noted in names of every script`() throws {
    let folder = try TemporaryFolder()
    try folder.write(PictureFile.colour(1), to: "in/été/ñandú1.png")
    try folder.write(
      "filename,width,height,class,xmin,ymin,xmax,ymax\nété/ñandú1.png,128,96,cat,1,1,20,20\n",
      to: "in/all.csv")
    #expect(try convert(["-o", "out"], in: folder).status == 0)
    #expect(try folder.text("out/instances.json").contains(#""image_folder":"images""#))
  }

  @Test
  func `--upright stores a turned picture as it is shown, and says which cannot be turned`() throws
  {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    let ending = try convert(["-o", "out", "--upright"], in: folder)
    #expect(ending.messages.contains("11 linked, 1 copied and rotated upright"))
    let validated = try Copra.run(["validate", "out"], in: folder)
    #expect(!validated.results.contains("exif-orientation"))
    let plain = try convert(["-o", "plain"], in: folder)
    #expect(plain.messages.contains("note: EXIF rotates 1 image, scene8.jpg,"))
  }
}
