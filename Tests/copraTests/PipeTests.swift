import Foundation
import TestSupport
import Testing

@Suite("Input through a pipe")
struct PipeTests {
  private static let compact =
    #"{"images":[{"id":1,"file_name":"a.jpg","width":9,"height":9}],"#
    + #""annotations":[],"categories":[{"id":1,"name":"crab"}]}"#
  private static let setOut = compact.replacingOccurrences(of: ",", with: ",\n  ")
    .replacingOccurrences(of: "{", with: "{\n")
  private static let lines =
    #"{"categories":[{"id":1,"name":"crab"}]}"# + "\n"
    + #"{"id":1,"file_name":"a.jpg","width":9,"height":9,"annotations":[]}"# + "\n"

  @Test(
    arguments: [compact, setOut, lines])
  func `a named pipe is read as the file that comes through it`(text: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    Thread.detachNewThread { try? Data(text.utf8).write(to: URL(filePath: path)) }
    let ending = try Copra.run(["stats", "pipe", "--format", "json"], in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let name = text == Self.lines ? "t.jsonl" : "t.json"
    try folder.write(text, to: name)
    #expect(
      ending.results == (try Copra.run(["stats", name, "--format", "json"], in: folder)).results)
  }
}
