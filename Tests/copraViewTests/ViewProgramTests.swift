import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import copra_view

@Suite("The program copra-view")
struct ViewProgramTests {
  private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> ProgramEnding {
    try Child(Viewer.copra, ["view"] + arguments, in: folder).wait()
  }

  @Test(
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal ends it, and it says no more than which format it read`(signal: Int32) throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.pgm"])
    try folder.writePicture("a.pgm")
    let ending = try Viewer(["set.json", "--no-findings"], in: folder).end(by: signal)
    #expect(ending.signal == signal)
    #expect(ending.messages == "format: coco (set.json has COCO's keys)\n")
  }

  @Test func `a port that is taken is a failure that says so`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.jpg"])
    let viewer = try Viewer(["set.json", "--no-findings"], in: folder)
    let ending = try run("set.json", "--port", "\(viewer.port)", in: folder)
    #expect(ending.status == 2 && ending.results.isEmpty)
    let expected =
      "error: cannot listen on port \(viewer.port) of 127.0.0.1: address already in use; "
      + "without --port a free one is picked\n"
    #expect(ending.messages.hasSuffix(expected))
  }

  @Test(
    arguments: [
      ["--port", "65536"], ["--port=-1"], ["--port", "x"], ["--iou", "0"], ["--iou", "nan"],
    ])
  func `what cannot be is refused as usage`(options: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.jpg"])
    let ending = try Child(Viewer.copra, ["view", "set.json"] + options, in: folder).wait()
    #expect(ending.status == 2 && ending.messages.hasPrefix("error: "))
  }

  @Test func `input that cannot be read is a failure, and so are results that are none`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.jpg"])
    try folder.write("{", to: "broken.json")
    #expect(try run("absent", in: folder).status == 2)
    #expect(try run("set.json", "--predictions", "absent", in: folder).status == 2)
    #expect(try run("set.json", "--predictions", "broken.json", in: folder).status == 2)
  }

  @Test func `copra view --help names the options and shows examples`() throws {
    let help = CopraView.helpMessage(for: ViewCommand.self, columns: 80)
    for option in ["--port", "--open", "--predictions", "--iou", "--no-findings", "--images"] {
      #expect(help.contains(option))
    }
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(try run("--help", in: TemporaryFolder()).results == help + "\n")
  }
}
