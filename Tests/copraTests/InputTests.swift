import Foundation
import TestSupport
import Testing

@Suite("Inputs")
struct InputTests {
  @Test(arguments: ["convert", "stats"])
  func `an input that does not exist ends with 2 and its path`(verb: String) throws {
    let folder = try TemporaryFolder()
    let output = verb == "convert" ? ["-o", "out.json"] : []
    let ending = try Copra.run([verb, "no/such.json"] + output, in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages == "error: no/such.json: cannot read: no such file or directory\n")
    #expect(try folder.names().isEmpty)
  }

  @Test(
    arguments: ["auto", "coco", "voc", "yolo", "csv", "masks"])
  func `an empty folder ends with 2, whatever format it is said to be in`(format: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("empty")
    let ending = try Copra.run(
      ["convert", "empty", "-o", "out.json", "--from", format], in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("error: empty: no "))
    #expect(try folder.names() == ["empty"])
  }

  @Test(
    arguments: [
      ["in", "in"], ["in", "./in/"], ["in/a.json", "in"], ["in", "link"],
      ["in/a.json", "link/a.json"],
    ])
  func `an input that is named twice, or lies in another, is read once`(inputs: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOText.dataset(boxes: ["1,1,5,5", "2,2,5,5"]), to: "in/a.json")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: "in")
    let ending = try Copra.run(["convert"] + inputs + ["-o", "out.json"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.messages.contains("is read only once"))
    #expect(try folder.records("annotations", of: "out.json").count == 2)
  }

  @Test func `a table without rows is a warning to validate and nothing to convert`() throws {
    let folder = try TemporaryFolder()
    try folder.write("image,class,xmin,ymin,xmax,ymax\n", to: "a.csv")
    let validated = try Copra.run(["validate", "a.csv"], in: folder)
    #expect(validated.status == 0)
    #expect(validated.results.hasPrefix("a.csv:1:1: warning: "))
    let converted = try Copra.run(["convert", "a.csv", "-o", "out.json"], in: folder)
    #expect(converted.status == 2)
    #expect(converted.messages.contains("no csv annotations found"))
  }

  @Test func `a file without annotations is written without annotations`() throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOText.dataset(boxes: []), to: "in.json")
    let ending = try Copra.run(["convert", "in.json", "-o", "out.json"], in: folder)
    #expect(ending.status == 0)
    #expect(try folder.records("images", of: "out.json").count == 1)
    #expect(try folder.records("annotations", of: "out.json").isEmpty)
  }

  @Test(arguments: ["convert", "stats"])
  func `a results file is called one, and nothing is made of it`(verb: String) throws {
    let folder = try TemporaryFolder()
    let results = #"[{"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":0.5}]"#
    try folder.write(results, to: "results.json")
    let output = verb == "convert" ? ["-o", "out.json"] : []
    let ending = try Copra.run([verb, "results.json"] + output, in: folder)
    #expect(ending.status == 1)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.contains("found a list of results, which copra evaluate reads"))
    #expect(ending.messages.contains("nothing could be read"))
    #expect(try folder.names() == ["results.json"])
  }

  @Test
  func `where one format is made of another, the richer one is read and the choice named`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    try folder.copySample("expected.json", to: "in/expected.json")
    for verb in [["convert", "in", "-o", "out"], ["validate", "in"], ["stats", "in"]] {
      let ending = try Copra.run(verb, in: folder)
      #expect(ending.status == 0)
      #expect(ending.messages.hasPrefix("format: coco (in/expected.json has COCO's keys); voc ("))
      #expect(ending.messages.contains(" contains the same boxes and is not read\n"))
    }
  }

  @Test
  func `where two formats fit and differ, the flags that decide and a difference are named`() throws
  {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "in")
    try folder.write(
      "filename,width,height,class,xmin,ymin,xmax,ymax\nscene1.png,320,240,boat,1,2,30,40\n",
      to: "in/boxes.csv")
    let ending = try Copra.run(["convert", "in", "-o", "out"], in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("\n  --from csv: "))
    #expect(ending.messages.contains("\n  --from voc: "))
    #expect(ending.messages.contains("in csv but not in voc: \"boat\" 1 2 30 40 on scene1"))
    for format in ["csv", "voc"] {
      let ending = try Copra.run(["convert", "in", "-o", format, "--from", format], in: folder)
      #expect(ending.status == 0)
    }
  }

  @Test func `inputs of several formats are refused, not left out`() throws {
    let folder = try TemporaryFolder()
    let inputs = ["voc", "csv"].map { "\(Samples.folder)/\($0)" }
    let ending = try Copra.run(["convert"] + inputs + ["-o", "out.json"], in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("samples/voc is voc, "))
    #expect(ending.messages.contains("samples/csv is csv"))
  }

  @Test(
    arguments: ["voc", "yolo", "csv", "masks", "expected.json"])
  func `the format of every sample is found out and named with its evidence`(sample: String) throws
  {
    let ending = try Copra.run(["stats", "\(Samples.folder)/\(sample)"], in: TemporaryFolder())
    #expect(ending.status == 0)
    #expect(ending.messages.hasPrefix("format: \(sample == "expected.json" ? "coco" : sample) ("))
  }

  @Test func `files of one name in two folders are two splits`() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      let text = COCOText.dataset(boxes: ["1,1,5,5"], picture: "\(name).jpg")
      try folder.write(text, to: "in/\(name)/instances.json")
    }
    let ending = try Copra.run(["convert", "in", "-o", "out"], in: folder)
    #expect(ending.status == 0)
    #expect(
      try folder.names(in: "out") == ["instances_a_instances.json", "instances_b_instances.json"])
  }
}
