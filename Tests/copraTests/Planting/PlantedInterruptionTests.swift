import Foundation
import TestSupport
import Testing

@Suite("Fixes that are cut short", .serialized)
struct PlantedInterruptionTests {
  /// A file of 8,000 boxes of which every tenth is inverted, which takes a while to write.
  private static let text: String = {
    let boxes = (0..<8000).map { "\($0 % 40 + 9),\($0 / 300 + 1),\($0 % 10 == 0 ? -3 : 3),4" }
    return COCOText.dataset(boxes: boxes)
  }()

  @Test
  func `whenever a run is killed, each file is the old one or the new one, and copies are whole`()
    throws
  {
    let arguments = ["validate", "in.json", "--select", "inverted-box", "--fix", "--in-place"]
    let whole = try TemporaryFolder()
    try whole.write(Self.text, to: "in.json")
    let clock = ContinuousClock()
    let begin = clock.now
    #expect(try Copra.run(arguments, in: whole).status == 0)
    let duration = begin.duration(to: clock.now)
    let (old, new) = (try whole.bytes("in.json.orig"), try whole.bytes("in.json"))
    #expect(old == Array(Self.text.utf8))
    for part in 1...8 {
      let folder = try TemporaryFolder()
      try folder.write(Self.text, to: "in.json")
      let child = try Child(Copra.path, arguments, in: folder)
      usleep(UInt32(duration * (part + 4) / 12 / .microseconds(1)))
      child.send(SIGKILL)
      _ = try child.wait()
      let bytes = try folder.bytes("in.json")
      #expect(bytes == old || bytes == new)
      if folder.exists("in.json.orig") { #expect(try folder.bytes("in.json.orig") == old) }
      #expect(bytes == old || folder.exists("in.json.orig"))
    }
  }

  @Test
  func `whenever a run over many files is killed, each is the old one or the new one`() throws {
    let planting = VOCPlanter.objects()
    let whole = try TemporaryFolder()
    try planting.plant(in: whole)
    let old = try whole.tree()
    let clock = ContinuousClock()
    let begin = clock.now
    _ = try planting.validate(["--fix", "--in-place"], in: whole)
    let duration = begin.duration(to: clock.now)
    let new = try whole.tree()
    for part in 1...6 {
      let folder = try TemporaryFolder()
      try planting.plant(in: folder)
      let child = try Child(
        Copra.path, ["validate", "in", "--fix", "--in-place"], in: folder)
      usleep(UInt32(duration * (part + 5) / 12 / .microseconds(1)))
      child.send(SIGKILL)
      _ = try child.wait()
      for (name, bytes) in try folder.tree() where !name.hasSuffix(".part") {
        #expect(bytes == old[name] || bytes == new[name], "\(name)")
      }
    }
  }

  @Test(
    arguments: ["--in-place", "-o new.json"])
  func `a limit of file size gives a message and leaves the input`(target: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.text, to: "in.json")
    let ending = try Copra.bash(
      "ulimit -f 2; \"$COPRA\" validate in.json --select inverted-box --fix \(target)", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.hasSuffix("cannot write: file too large\n"))
    #expect(try folder.names() == ["in.json"])
    #expect(try folder.text("in.json") == Self.text)
  }
}
