import Files
import Foundation
import TestSupport
import Testing

@Suite("Output files")
struct OutputFileTests {
  private func write(_ text: String, to path: String, commit: Bool = true) throws {
    let file = try OutputFile(path)
    try file.write(text)
    if commit { try file.commit() }
  }

  @Test func `a committed file stands whole in its place, alone`() throws {
    let folder = try TemporaryFolder()
    try write("new", to: "\(folder.path)/a.json")
    #expect(try folder.bytes("a.json") == Array("new".utf8))
    #expect(try folder.names() == ["a.json"])
  }

  @Test func `a committed file replaces the old one whole, however long that was`() throws {
    let folder = try TemporaryFolder()
    try folder.write([UInt8](repeating: 1, count: 100_000), to: "a.json")
    try write("new", to: "\(folder.path)/a.json")
    #expect(try folder.bytes("a.json") == Array("new".utf8))
    #expect(try folder.names() == ["a.json"])
  }

  @Test func `without a commit the old file stays and nothing is left beside it`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("old".utf8), to: "a.json")
    try write("new", to: "\(folder.path)/a.json", commit: false)
    try write("new", to: "\(folder.path)/b.json", commit: false)
    #expect(try folder.bytes("a.json") == Array("old".utf8))
    #expect(try folder.names() == ["a.json"])
  }

  @Test func `nothing is seen of a file before its commit`() throws {
    let folder = try TemporaryFolder()
    let file = try OutputFile("\(folder.path)/a.json")
    try file.write("new")
    #expect(!FileManager.default.fileExists(atPath: file.path))
    #expect(file.size == 3)
    #expect(try file.reader().bytes(at: 0, count: 9) == Array("new".utf8))
    try file.commit()
    #expect(try folder.bytes("a.json") == Array("new".utf8))
  }

  @Test func `the part of a killed run is no obstacle`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("half".utf8), to: ".a.json.\(getpid()).part")
    try write("new", to: "\(folder.path)/a.json")
    #expect(try folder.names() == ["a.json"])
  }

  @Test func `a file keeps the permissions that the user's mask gives`() throws {
    let folder = try TemporaryFolder()
    try write("new", to: "\(folder.path)/a.json")
    try folder.write([], to: "b.json")
    let modes = try ["a.json", "b.json"].map {
      try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\($0)")[.posixPermissions]
        as? Int
    }
    #expect(modes[0] == modes[1])
  }

  @Test func `a folder that does not exist is named with the system's reason`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/nowhere/a.json"
    let expected = FileError("write", path, code: ENOENT)
    #expect(throws: expected) { try OutputFile(path) }
    #expect(expected.description == "\(path): cannot write: no such file or directory")
  }

  @Test func `a file system that takes no files refuses`() {
    #expect(throws: FileError.self) { try OutputFile("/proc/copra.json") }
  }

  @Test func `a folder, a device and a pipe are not replaced`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError("write", folder.path, code: EISDIR)) { try OutputFile(folder.path) }
    #expect(throws: FileError("replace", "/dev/null", code: ENOTSUP)) {
      try OutputFile("/dev/null")
    }
    let pipe = "\(folder.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(throws: FileError("replace", pipe, code: ENOTSUP)) { try OutputFile(pipe) }
    #expect(try folder.names() == ["pipe"])
  }

  @Test func `a commit that the system refuses leaves nothing beside the target`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a.json"
    do {
      let file = try OutputFile(path)
      try file.write("new")
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(throws: FileError("replace", path, code: EISDIR)) { try file.commit() }
    }
    #expect(try folder.names() == ["a.json"])
  }

  @Test func `a folder is no input file, and what does not exist is none`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError("read", folder.path, code: EISDIR)) { try InputFile(folder.path) }
    let missing = "\(folder.path)/a.json"
    #expect(throws: FileError("open", missing, code: ENOENT)) { try InputFile(missing) }
  }

  @Test func `bytes are read from any offset, fewer at the end`() throws {
    let folder = try TemporaryFolder()
    let file = try InputFile(try folder.write(Array("0123456789".utf8), to: "a.json"))
    #expect(file.size == 10)
    #expect(try file.bytes(at: 3, count: 4) == Array("3456".utf8))
    #expect(try file.bytes(at: 8, count: 4) == Array("89".utf8))
    #expect(try file.bytes(at: 12, count: 4).isEmpty)
    #expect(try file.bytes(at: 0, count: 0).isEmpty)
    #expect(try InputFile.contents("\(folder.path)/a.json").count == 10)
    #expect(try !InputFile.contents("/proc/self/status").isEmpty)
  }
}
