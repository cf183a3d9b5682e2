import Files
import TestSupport
import Testing

@Suite struct InputTreeTests {
  @Test func `files come in natural order, a folder's own before its folders'`() throws {
    let folder = try TemporaryFolder()
    for name in ["b/1.txt", "a10/x.txt", "a2/y.txt", "img10.txt", "img2.txt", "z.txt"] {
      try folder.write("", to: name)
    }
    let names = try InputTree(folder.path).files.map { String($0.dropFirst(folder.path.count + 1)) }
    #expect(names == ["img2.txt", "img10.txt", "z.txt", "a2/y.txt", "a10/x.txt", "b/1.txt"])
  }

  @Test(arguments: [1, 2, 8])
  func `several tasks list what one walk lists, in its order`(threads: Int) async throws {
    let folder = try TemporaryFolder()
    for name in ["b/1.txt", "a10/c/x.txt", "a10/x.txt", "a2/y.txt", "img10.txt", "img2.txt"] {
      try folder.write("", to: name)
    }
    try folder.link("a2/up", to: "")
    let tree = try await InputTree(folder.path, tasks: OrderedTasks(threads: threads))
    #expect(try tree.files == InputTree(folder.path).files)
    let file = try await InputTree("\(folder.path)/img2.txt", tasks: OrderedTasks(threads: 2))
    #expect(file.files == ["\(folder.path)/img2.txt"])
  }

  @Test func `several tasks tell of what is not there, too`() async {
    await #expect(throws: FileError.self) {
      _ = try await InputTree("/nowhere/at/all", tasks: OrderedTasks(threads: 2))
    }
  }

  @Test func `hidden files are left out`() throws {
    let folder = try TemporaryFolder()
    for name in [".DS_Store", ".git/a.xml", "__MACOSX/a.xml", "a.xml"] {
      try folder.write("", to: name)
    }
    let names = try InputTree(folder.path).files.map { Path.name(of: $0) }
    #expect(names == ["a.xml", "a.xml"])
  }

  @Test func `a link to the folder above ends`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a/b.xml")
    try folder.link("a/up", to: "")
    let files = try InputTree(folder.path).files
    #expect(files.contains("\(folder.path)/a/b.xml"))
    #expect(files.count < 100)
  }

  @Test func `a file is its own tree`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a.xml")
    let tree = try InputTree(folder.path + "/a.xml")
    #expect(!tree.isFolder)
    #expect(tree.files == [folder.path + "/a.xml"])
  }

  @Test func `what is not there is an error`() {
    #expect(throws: FileError.self) { _ = try InputTree("/nowhere/at/all") }
  }

  @Test func `endings are compared whatever their case`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.XML", "b.xml", "c.xmlx", "xml", "d.Json"] { try folder.write("", to: name) }
    let tree = try InputTree(folder.path)
    #expect(
      tree.files(endingIn: "xml", "json").map { Path.name(of: $0) }
        == ["a.XML", "b.xml", "d.Json"])
  }
}
