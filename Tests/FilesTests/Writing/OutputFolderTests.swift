import Files
import TestSupport
import Testing

@Suite struct OutputFolderTests {
  @Test func `a new folder appears whole, with all its files`() throws {
    let parent = try TemporaryFolder()
    let folder = try OutputFolder("\(parent.path)/out")
    try folder.write(Array("a".utf8), to: "a.txt")
    try folder.write(Array("b".utf8), to: "deep/er/b.txt")
    #expect(!Folder.exists("\(parent.path)/out"))
    try folder.commit()
    #expect(try parent.names() == ["out"])
    #expect(
      try InputTree("\(parent.path)/out").files.map { Path.name(of: $0) } == ["a.txt", "b.txt"])
    #expect(try parent.bytes("out/deep/er/b.txt") == Array("b".utf8))
  }

  @Test func `in a folder that exists files are replaced and others stay`() throws {
    let parent = try TemporaryFolder()
    try parent.write("old", to: "out/a.txt")
    try parent.write("other", to: "out/other.txt")
    let folder = try OutputFolder("\(parent.path)/out")
    try folder.write([UInt8](repeating: 7, count: 100_000), to: "a.txt")
    #expect(try parent.bytes("out/a.txt") == Array("old".utf8))
    try folder.commit()
    #expect(try parent.bytes("out/a.txt").count == 100_000)
    #expect(try parent.bytes("out/other.txt") == Array("other".utf8))
    // Nothing is left beside them, however long the object stays.
    #expect(
      try Folder.entries(of: "\(parent.path)/out").map(\.name).sorted() == ["a.txt", "other.txt"])
    withExtendedLifetime(folder) {}
  }

  @Test func `without a commit nothing is left`() throws {
    let parent = try TemporaryFolder()
    try parent.write("old", to: "out/a.txt")
    for name in ["out", "new"] {
      let folder = try OutputFolder("\(parent.path)/\(name)")
      try folder.write(Array("new".utf8), to: "a.txt")
    }
    #expect(try parent.names() == ["out"])
    #expect(try parent.bytes("out/a.txt") == Array("old".utf8))
  }

  @Test func `what a killed run has left goes, what another run is writing stays`() throws {
    let parent = try TemporaryFolder()
    // The first process never ends, and no process has so high a number.
    for name in [".out.1.part", ".out.999999999.part", ".other.999999999.part", ".out.part"] {
      try parent.write("half", to: "out/\(name)/a.txt")
    }
    let folder = try OutputFolder("\(parent.path)/out")
    try folder.write(Array("a".utf8), to: "a.txt")
    try folder.commit()
    withExtendedLifetime(folder) {}
    let left = try Folder.entries(of: "\(parent.path)/out").map(\.name).filter {
      $0.hasSuffix("part")
    }
    #expect(Set(left).isSuperset(of: [".other.999999999.part", ".out.1.part", ".out.part"]))
    #expect(!left.contains(".out.999999999.part"))
  }

  @Test func `a file is no folder to write into`() throws {
    let parent = try TemporaryFolder()
    try parent.write("a file", to: "out")
    #expect(throws: FileError.self) { _ = try OutputFolder("\(parent.path)/out") }
  }
}
