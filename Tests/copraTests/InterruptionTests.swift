import Foundation
import TestSupport
import Testing

@Suite("Interruptions", .serialized)
struct InterruptionTests {
  private func workspace(_ text: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "in.json")
    return folder
  }

  private func start(_ arguments: String..., in folder: TemporaryFolder) throws -> Child {
    try Child(Copra.path, ["convert", "in.json"] + arguments, in: folder)
  }

  /// Waits until something unfinished stands on the disk.
  private func waitForStaging(_ child: Child, in folder: TemporaryFolder) throws -> Bool {
    for _ in 0..<10_000 {
      if try folder.names().contains(where: { $0.hasSuffix(".part") }) { return true }
      if kill(child.identifier, 0) != 0 { return false }
      usleep(1000)
    }
    return false
  }

  @Test func `whenever a run is killed, the old file or the new one stands there whole`() throws {
    let folder = try workspace(COCOText.manyAnnotations)
    let clock = ContinuousClock()
    let begin = clock.now
    #expect(try start("-o", "new.json", in: folder).wait().status == 0)
    let duration = begin.duration(to: clock.now)
    let new = try folder.bytes("new.json")
    for part in 1...10 {
      try folder.write("old", to: "out.json")
      let child = try start("-o", "out.json", "--force", in: folder)
      usleep(UInt32(duration * part / 10 / .microseconds(1)))
      child.send(SIGKILL)
      _ = try child.wait()
      let bytes = try folder.bytes("out.json")
      #expect(bytes == Array("old".utf8) || bytes == new)
    }
  }

  @Test func `a killed run leaves no half folder, and its remains hinder nobody`() throws {
    let folder = try workspace(COCOText.manyPictures)
    let child = try start("--to", "voc", "-o", "out", in: folder)
    #expect(try waitForStaging(child, in: folder))
    child.send(SIGKILL)
    #expect(try child.wait().signal == SIGKILL)
    #expect(!folder.exists("out"))
    #expect(try start("--to", "voc", "-o", "out", in: folder).wait().status == 0)
  }

  @Test(
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a run that is asked to end removes what it has not finished`(signal: Int32) throws {
    let folder = try workspace(COCOText.manyPictures)
    let child = try start("--to", "voc", "-o", "out", in: folder)
    #expect(try waitForStaging(child, in: folder))
    child.send(signal)
    let ending = try child.wait()
    #expect(ending.signal == signal)
    #expect(ending.results.isEmpty)
    #expect(try folder.names() == ["in.json"])
  }

  @Test
  func `whenever a run is interrupted, nothing is left beside the old file or the new one`() throws
  {
    let folder = try workspace(COCOText.manyPictures)
    #expect(try start("-o", "out.json", in: folder).wait().status == 0)
    let new = try folder.bytes("out.json")
    for part in 0..<6 {
      try folder.write("old", to: "out.json")
      let child = try start("-o", "out.json", "--force", in: folder)
      usleep(UInt32(part * 25_000))
      child.send(SIGINT)
      let ending = try child.wait()
      #expect(ending.signal == SIGINT || ending.status == 0)
      #expect(try folder.names() == ["in.json", "out.json"])
      let bytes = try folder.bytes("out.json")
      #expect(bytes == new || bytes == Array("old".utf8) && ending.status != 0)
    }
  }

  @Test
  func `a signal that was ignored from the start stays ignored, and nothing is drawn into a file`()
    throws
  {
    let folder = try workspace(COCOText.manyPictures)
    let line = "trap '' HUP; exec \"$COPRA\" convert in.json --to voc -o out"
    let child = try Child(
      "/bin/bash", ["-c", line], in: folder, environment: ["COPRA": Copra.path])
    #expect(try waitForStaging(child, in: folder))
    child.send(SIGHUP)
    let ending = try child.wait()
    #expect(ending.status == 0)
    #expect(!ending.messages.contains("\r"))
    #expect(try folder.names() == ["in.json", "out"])
  }
}
