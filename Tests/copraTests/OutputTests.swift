import Foundation
import TestSupport
import Testing

@Suite("Outputs")
struct OutputTests {
  private func convert(_ sample: String, _ arguments: String..., in folder: TemporaryFolder) throws
    -> Copra.Ending
  {
    try Copra.run(["convert", "\(Samples.folder)/\(sample)"] + arguments, in: folder)
  }

  @Test(
    arguments: ["voc", "yolo", "csv", "masks"])
  func `an output that ends in .json holds all splits`(sample: String) throws {
    let folder = try TemporaryFolder()
    #expect(try convert(sample, "-o", "out.json", in: folder).status == 0)
    #expect(try folder.records("annotations", of: "out.json").count == 54)
    #expect(try folder.names() == ["out.json"])
  }

  @Test(
    arguments: [
      ("voc", ["instances_train.json": 34, "instances_val.json": 20]),
      ("yolo", ["instances_train.json": 34, "instances_val.json": 20]),
      ("csv", ["instances.json": 54]), ("masks", ["instances.json": 54]),
    ])
  func `a folder gets a file for each split`(sample: String, annotations: [String: Int]) throws {
    let folder = try TemporaryFolder()
    #expect(try convert(sample, "-o", "out", in: folder).status == 0)
    #expect(try folder.names(in: "out") == ["images"] + annotations.keys.sorted())
    for (name, count) in annotations {
      #expect(try folder.records("annotations", of: "out/\(name)").count == count)
    }
  }

  @Test(
    arguments: [
      (["-o", "a/b/out.json"], "a/b/out.json"), (["-o", "a/b/"], "a/b/instances_val.json"),
      (["--to", "csv", "-o", "a/b/out.csv"], "a/b/out.csv"),
      (["--to", "yolo", "-o", "a/b/c"], "a/b/c/data.yaml"),
    ])
  func `folders that are missing are made`(arguments: [String], output: String) throws {
    let folder = try TemporaryFolder()
    let input = ["convert", "\(Samples.folder)/voc"]
    #expect(try Copra.run(input + arguments, in: folder).status == 0)
    #expect(folder.exists(output))
  }

  @Test
  func `stats makes the folders of its output too, and says nothing on standard output`() throws {
    let folder = try TemporaryFolder()
    let input = "\(Samples.folder)/expected.json"
    let ending = try Copra.run(["stats", input, "-o", "a/b/stats.txt"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.results.isEmpty)
    #expect(try folder.text("a/b/stats.txt") == Copra.run(["stats", input], in: folder).results)
  }

  @Test func `messages go to standard error, the ledger to standard output`() throws {
    let folder = try TemporaryFolder()
    let ending = try convert("broken/voc", "-o", "out.json", in: folder)
    let ledger = """
                   read  written  changed  rejected
      images         28       24        0         4
      annotations    48       37        0        11

      adds up: read = written + changed + rejected

      """
    #expect(ending.results == ledger)
    for words in ["format: voc", "[missing-field]", "wrote out.json: 24 images, 37 annotations"] {
      #expect(ending.messages.contains(words))
    }
  }

  @Test func `what stood in an output folder and is not replaced stays`() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "out/notes.txt")
    #expect(try convert("voc", "--to", "yolo", "-o", "out", in: folder).status == 0)
    #expect(try folder.names(in: "out") == ["data.yaml", "images", "labels", "notes.txt"])
  }

  @Test func `without --no-verify and with it the output is the same`() throws {
    let folder = try TemporaryFolder()
    _ = try convert("voc", "-o", "a.json", in: folder)
    _ = try convert("voc", "-o", "b.json", "--no-verify", in: folder)
    #expect(try folder.bytes("a.json") == folder.bytes("b.json"))
  }
}
