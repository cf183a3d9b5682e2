import Files
import Glibc
import TestSupport
import Testing

@Suite struct FilePlacementTests {
  @Test func `a link is the same file, a copy another of the same bytes`() throws {
    let parent = try TemporaryFolder()
    try parent.write("picture", to: "in/a.jpg")
    let source = "\(parent.path)/in/a.jpg"
    let folder = try OutputFolder("\(parent.path)/out")
    for placement in FilePlacement.allCases {
      try folder.place(source, at: "x/\(placement.rawValue).jpg", by: placement)
    }
    try folder.commit()
    #expect(folder.placed == [.link: 1, .copy: 1, .symlink: 1])
    let original = FileStatus(source)?.identity
    #expect(FileStatus("\(parent.path)/out/x/link.jpg")?.identity == original)
    #expect(FileStatus("\(parent.path)/out/x/copy.jpg")?.identity != original)
    #expect(Path.real("\(parent.path)/out/x/symlink.jpg") == Path.real(source))
    for name in ["link", "copy", "symlink"] {
      #expect(try parent.bytes("out/x/\(name).jpg") == Array("picture".utf8))
    }
  }

  @Test func `a link to a link is one to the file`() throws {
    let parent = try TemporaryFolder()
    try parent.write("picture", to: "in/a.jpg")
    #expect(symlink("a.jpg", "\(parent.path)/in/b.jpg") == 0)
    let folder = try OutputFolder("\(parent.path)/out")
    try folder.place("\(parent.path)/in/b.jpg", at: "b.jpg", by: .link)
    try folder.commit()
    let original = FileStatus("\(parent.path)/in/a.jpg")?.identity
    var status = stat()
    #expect(lstat("\(parent.path)/out/b.jpg", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFREG)
    #expect(FileStatus("\(parent.path)/out/b.jpg")?.identity == original)
  }

  @Test func `in a folder that exists a placed file replaces another`() throws {
    let parent = try TemporaryFolder()
    try parent.write("new", to: "in/a.jpg")
    try parent.write("old", to: "out/a.jpg")
    for _ in 0..<2 {
      let folder = try OutputFolder("\(parent.path)/out")
      try folder.place("\(parent.path)/in/a.jpg", at: "a.jpg", by: .link)
      try folder.commit()
    }
    #expect(try parent.bytes("out/a.jpg") == Array("new".utf8))
    #expect(try Folder.entries(of: "\(parent.path)/out").map(\.name) == ["a.jpg"])
  }

  @Test(arguments: FilePlacement.allCases)
  func `a file that is not there is an error, and nothing is left`(placement: FilePlacement) throws
  {
    guard placement != .symlink else { return }
    let parent = try TemporaryFolder()
    do {
      let folder = try OutputFolder("\(parent.path)/out")
      #expect(throws: FileError.self) {
        try folder.place("\(parent.path)/none.jpg", at: "a.jpg", by: placement)
        try folder.commit()
      }
    }
    #expect(try parent.names().isEmpty)
  }

  @Test func `files are compared by their bytes`() throws {
    let parent = try TemporaryFolder()
    try parent.write("same", to: "a")
    try parent.write("same", to: "b")
    try parent.write("else", to: "c")
    #expect(InputFile.areEqual("\(parent.path)/a", "\(parent.path)/b"))
    #expect(!InputFile.areEqual("\(parent.path)/a", "\(parent.path)/c"))
    #expect(!InputFile.areEqual("\(parent.path)/a", "\(parent.path)/none"))
  }

  @Test(arguments: [
    ("/a/b", "/a/b", "."), ("/a", "/a/b/c", "b/c"), ("/a/b", "/a/c", "../c"), ("/a", "/", ".."),
    (".", "images/train", "images/train"), ("annotations", "train2017", "../train2017"),
  ])
  func `a way leads from one folder to another`(from: String, to: String, way: String) {
    #expect(Path.way(from: from, to: to) == way)
  }

  @Test(arguments: ["/a", "..", "../a", "a/../b", "a/.."])
  func `a path that leads out of its folder is known`(path: String) {
    #expect(Path.leadsOut(path))
  }

  @Test(arguments: ["", "a", ".", "./a", "...", "a/..b", "a../b", ".a/b..", "a//b"])
  func `a path within its folder is known`(path: String) {
    #expect(!Path.leadsOut(path))
  }
}
