import Foundation
import TestSupport
import Testing

/// Runs `copra` as somebody whom permissions bind, which they do not bind root.
private enum Unprivileged {
  static let isAvailable: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    return (try? run("--version", in: folder))?.status == 0
  }()

  static func run(_ arguments: String, in folder: TemporaryFolder) throws -> Copra.Ending {
    let prefix = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    return try Copra.bash("\(prefix)\"$COPRA\" \(arguments)", in: folder)
  }
}

@Suite("Permissions", .enabled(if: Unprivileged.isAvailable, "needs setpriv, or another user"))
struct PermissionTests {
  /// A folder where everybody may write.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    chmod(folder.path, 0o777)
    return folder
  }

  @Test(
    arguments: [
      ("voc", "voc", 54), ("yolo", "yolo", 54), ("csv", "csv", 54), ("masks", "masks", 54),
      ("expected.json", "coco", 54),
    ])
  func `a folder that cannot be listed is reported, and all others are read`(
    sample: String, format: String, annotations: Int
  ) throws {
    let folder = try workspace()
    try folder.makeFolder("in")
    try folder.copySample(sample, to: "in/set\(sample.hasSuffix("json") ? ".json" : "")")
    try folder.makeFolder("in/locked")
    chmod(folder.path("in/locked"), 0)
    defer { chmod(folder.path("in/locked"), 0o755) }
    let ending = try Unprivileged.run("convert in -o out.json --from \(format)", in: folder)
    #expect(ending.status == 1)
    #expect(
      ending.messages.contains(
        "in/locked:1:1: error: cannot list: permission denied [unreadable-folder]"))
    #expect(try folder.records("annotations", of: "out.json").count == annotations)
  }

  @Test
  func `a file of a folder that cannot be read is reported, and all others are read`() throws {
    let folder = try workspace()
    for name in ["a", "b"] {
      try folder.write(COCOText.dataset(boxes: ["1,1,5,5"]), to: "in/\(name).json")
    }
    chmod(folder.path("in/a.json"), 0)
    let ending = try Unprivileged.run("convert in -o out.json", in: folder)
    #expect(ending.status == 1)
    #expect(
      ending.messages.contains(
        "in/a.json:1:1: error: cannot open: permission denied [unreadable-file]"))
    #expect(try folder.records("annotations", of: "out.json").count == 1)
  }

  @Test(arguments: ["in.json", "in"])
  func `an input that cannot be read ends with 2`(input: String) throws {
    let folder = try workspace()
    try folder.write(COCOText.dataset(boxes: ["1,1,5,5"]), to: "in.json")
    try folder.makeFolder("in")
    chmod(folder.path(input), 0)
    defer { chmod(folder.path(input), 0o755) }
    let ending = try Unprivileged.run("convert \(input) -o out.json", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.hasPrefix("error: \(input): cannot "))
    #expect(ending.messages.hasSuffix(": permission denied\n"))
  }

  @Test(
    arguments: [
      "-o locked/out.json", "-o locked/a/out.json", "-o locked/out", "--to yolo -o locked/out",
      "--to csv -o locked/out.csv", "--to yolo -o locked",
    ])
  func `an output that cannot be written ends with 2`(output: String) throws {
    let folder = try workspace()
    try folder.write(COCOText.dataset(boxes: ["1,1,5,5"]), to: "in.json")
    try folder.makeFolder("locked")
    chmod(folder.path("locked"), 0o555)
    let ending = try Unprivileged.run("convert in.json \(output)", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("error: locked"))
    #expect(ending.messages.hasSuffix(": permission denied\n"))
    #expect(try folder.names(in: "locked").isEmpty)
  }
}
