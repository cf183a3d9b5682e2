import Foundation
import TestSupport
import Testing

@Suite("Overwriting")
struct OverwriteTests {
  private let dataset = COCOText.dataset(boxes: ["1,1,5,5"])

  /// A folder with an input, and other ways to it.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(dataset, to: "in.json")
    try folder.write(dataset, to: "folder/instances.json")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.path("link.json"), withDestinationPath: "in.json")
    try manager.linkItem(atPath: folder.path("in.json"), toPath: folder.path("hard.json"))
    return folder
  }

  @Test(
    arguments: [
      "convert in.json -o in.json", "convert in.json -o ./in.json",
      "convert in.json -o folder/../in.json", "convert in.json -o link.json",
      "convert link.json -o in.json", "convert in.json -o hard.json",
      "convert folder -o folder", "convert folder -o folder/instances.json",
      "stats in.json -o link.json",
    ])
  func `an input is never overwritten, even with --force and by another name`(line: String) throws {
    let folder = try workspace()
    let before = try folder.tree()
    let arguments = line.split(separator: " ").map(String.init) + ["--force"]
    let ending = try Copra.run(arguments, in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("is an input; copra does not overwrite its inputs"))
    #expect(try folder.tree() == before)
  }

  @Test(
    arguments: [
      ("convert in.json -o out.json", "out.json"),
      ("convert in.json -o out", "out/instances.json"),
      ("convert in.json --to csv -o out.csv", "out.csv"),
      ("convert in.json --to yolo -o out", "out/data.yaml"),
      ("stats in.json -o out.txt", "out.txt"),
    ])
  func `an output that exists is replaced only with --force`(line: String, output: String) throws {
    let folder = try workspace()
    try folder.write("old", to: output)
    let arguments = line.split(separator: " ").map(String.init)
    let refused = try Copra.run(arguments, in: folder)
    #expect(refused.status == 2)
    #expect(refused.messages.contains("error: \(output) exists; --force replaces it\n"))
    #expect(try folder.text(output) == "old")
    #expect(try Copra.run(arguments + ["--force"], in: folder).status == 0)
    #expect(try folder.text(output) != "old")
  }

  @Test func `rejected records of an earlier run are replaced only with --force`() throws {
    let folder = try TemporaryFolder()
    try folder.write(COCOText.dataset(boxes: ["1,1,-5,5"]), to: "in.json")
    try folder.write("old", to: "out.json.rejected.jsonl")
    let arguments = ["convert", "in.json", "-o", "out.json"]
    #expect(try Copra.run(arguments, in: folder).status == 2)
    #expect(try folder.text("out.json.rejected.jsonl") == "old")
    #expect(!folder.exists("out.json"))
    #expect(try Copra.run(arguments + ["--force"], in: folder).status == 1)
    #expect(try folder.lines("out.json.rejected.jsonl").count == 1)
  }

  @Test(
    arguments: ["/dev/null", "folder.json", "pipe.json"])
  func `a device, a folder or a pipe is never replaced`(output: String) throws {
    let folder = try workspace()
    try folder.makeFolder("folder.json")
    mkfifo(folder.path("pipe.json"), 0o644)
    let before = try folder.names()
    for arguments in [["convert", "in.json"], ["stats", "in.json"]] {
      guard arguments[0] == "stats" || output.hasSuffix("json") else { continue }
      let ending = try Copra.run(arguments + ["-o", output, "--force"], in: folder)
      #expect(ending.status == 2)
      #expect(ending.messages.contains(output))
    }
    #expect(try folder.names() == before)
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test
  func `an output that is a link stays one, and the file that it leads to is replaced`() throws {
    let folder = try workspace()
    try folder.write("old", to: "folder/real.json")
    let link = folder.path("latest.json")
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "folder/real.json")
    let ending = try Copra.run(["convert", "in.json", "-o", "latest.json", "--force"], in: folder)
    #expect(ending.status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "folder/real.json")
    #expect(try folder.records("annotations", of: "folder/real.json").count == 1)
  }
}
