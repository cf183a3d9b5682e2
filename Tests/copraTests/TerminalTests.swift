import Foundation
import TestSupport
import Testing

@Suite("Terminals and pipes")
struct TerminalTests {
  /// What `copra` says on a terminal.
  private func messagesOnTerminal(environment: [String: String]) throws -> String {
    let line = "script -qec \"'$COPRA' stats '\(Samples.folder)/voc'\" /dev/null"
    let variables = environment.merging(["COPRA": Copra.path]) { $1 }
    let child = try Child("/bin/bash", ["-c", line], in: TemporaryFolder(), environment: variables)
    let ending = try child.wait()
    #expect(ending.status == 0)
    return ending.results
  }

  @Test(
    .enabled(if: access("/usr/bin/script", X_OK) == 0, "needs script"),
    arguments: [
      ([:], true), (["NO_COLOR": ""], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false),
    ] as [([String: String], Bool)])
  func `colour is only on a terminal that can, and never with NO_COLOR`(
    environment: [String: String], isColoured: Bool
  ) throws {
    let messages = try messagesOnTerminal(environment: environment)
    #expect(messages.contains("pixel-convention-evidence"))
    #expect(messages.contains("\u{1B}[1;36m") == isColoured)
  }

  @Test func `what goes to a file or pipe has neither colour nor progress bars`() throws {
    let ending = try Copra.run(["stats", "\(Samples.folder)/broken/voc"], in: TemporaryFolder())
    for text in [ending.results, ending.messages] {
      #expect(!text.isEmpty)
      #expect(!text.contains("\u{1B}"))
      #expect(!text.contains("\r"))
    }
  }

  @Test(
    arguments: [
      ("stats '\(Samples.folder)/expected.json'", 0),
      ("stats '\(Samples.folder)/broken/voc'", 1),
      ("convert '\(Samples.folder)/voc' -o out.json", 0), ("--help", 0), ("convert --help", 0),
      ("--generate-completion-script bash", 0),
    ])
  func `a closed pipe ends quietly, with the status that it would have had`(
    arguments: String, status: Int
  ) throws {
    let line = """
      (sleep 0.1; "$COPRA" \(arguments) 2> messages; echo $? > status) | true
      while [ ! -s status ]; do sleep 0.02; done
      """
    let folder = try TemporaryFolder()
    #expect(try Copra.bash(line, in: folder).messages.isEmpty)
    #expect(try folder.text("status") == "\(status)\n")
    let said = try folder.text("messages")
    for word in ["pipe", "rash", "error: standard"] { #expect(!said.contains(word)) }
  }

  @Test func `stats may be cut by head`() throws {
    let line = "\"$COPRA\" stats '\(Samples.folder)/voc' --format html | head -1"
    #expect(try Copra.bash(line, in: TemporaryFolder()).results == "<!DOCTYPE html>\n")
  }

  @Test func `a conversion goes on where nobody reads its messages`() throws {
    let folder = try TemporaryFolder()
    let line = """
      (sleep 0.1; "$COPRA" convert '\(Samples.folder)/broken/voc' -o out.json 2>&1 > ledger
       echo $? > status) | true
      while [ ! -s status ]; do sleep 0.02; done
      """
    _ = try Copra.bash(line, in: folder)
    #expect(try folder.text("status") == "1\n")
    #expect(try folder.text("ledger").contains("adds up"))
    #expect(try folder.records("annotations", of: "out.json").count == 37)
  }

  @Test func `ten thousand findings of one kind are shown as twenty and a number`() throws {
    let folder = try TemporaryFolder()
    let boxes = [String](repeating: "1,1,0,5", count: 10_000)
    try folder.write(COCOText.dataset(boxes: boxes), to: "in.json")
    let ending = try Copra.run(["convert", "in.json", "-o", "out.json"], in: folder)
    #expect(ending.status == 1)
    let lines = ending.messages.split(separator: "\n")
    #expect(lines.count { $0.contains(": error: ") } == 20)
    #expect(lines.contains("… 9,980 more [zero-area-box]"))
    #expect(lines.contains("zero-area-box  error     10,000"))
    #expect(try folder.records("annotations", of: "out.json").count == 10_000)
  }
}
