import Foundation
import TestSupport
import Testing

@Suite("Determinism")
struct DeterminismTests {
  static let samples = ["voc", "yolo", "csv", "masks", "broken/voc", "broken/yolo"]

  private func convert(_ arguments: String..., in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(["convert", "in", "-o"] + arguments, in: folder)
  }

  @Test(arguments: samples)
  func `one thread and a second run with two write and say the same`(sample: String) throws {
    let folder = try TemporaryFolder()
    try folder.copySample(sample, to: "in")
    let first = try convert("out", "--threads", "1", in: folder)
    let tree = try folder.tree()
    #expect(tree.count > 2)
    let again = try convert("out", "--threads", "2", "--force", in: folder)
    #expect(again.status == first.status)
    #expect(again.results == first.results)
    // The pictures stand where the first run has linked them.
    let messages = again.messages.replacingOccurrences(of: " already there", with: " linked")
    #expect(messages == first.messages)
    #expect(try folder.tree() == tree)
  }

  @Test(arguments: samples)
  func `the order in which a folder's files were made does not matter`(sample: String) throws {
    let source = "\(Samples.folder)/\(sample)"
    let files = try FileManager.default.subpathsOfDirectory(atPath: source).sorted().filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(source)/\($0)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    let shuffled = files.sorted { String($0.reversed()) < String($1.reversed()) }
    var trees: [[String: Data]] = []
    for order in [files, shuffled] {
      let folder = try TemporaryFolder()
      for file in order { try folder.copy("\(source)/\(file)", to: "in/\(file)") }
      _ = try convert("out", in: folder)
      trees.append(try folder.tree())
    }
    #expect(trees[0].count > files.count)
    #expect(trees[1] == trees[0])
  }

  @Test(arguments: ["text", "json", "html"])
  func `statistics are the same in every run`(format: String) throws {
    let folder = try TemporaryFolder()
    let arguments = ["stats", "\(Samples.folder)/voc", "--format", format, "--threads"]
    let first = try Copra.run(arguments + ["1"], in: folder)
    #expect(!first.results.isEmpty)
    #expect(try Copra.run(arguments + ["2"], in: folder).results == first.results)
  }
}
