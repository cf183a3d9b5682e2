import Files
import Testing

@Suite("Paths")
struct PathTests {
  static let parts: [(path: String, folder: String, name: String, stem: String, ending: String)] = [
    ("a.jpg", ".", "a.jpg", "a", "jpg"),
    ("a/b.c/d.E.JPG", "a/b.c", "d.E.JPG", "a/b.c/d.E", "jpg"),
    ("/a", "/", "a", "/a", ""),
    ("/a/b.png", "/a", "b.png", "/a/b", "png"),
    ("a.b/c", "a.b", "c", "a.b/c", ""),
    (".hidden", ".", ".hidden", ".hidden", ""),
    ("a/.hidden", "a", ".hidden", "a/.hidden", ""),
    ("a/.hidden.txt", "a", ".hidden.txt", "a/.hidden", "txt"),
    ("a.", ".", "a.", "a", ""),
    ("", ".", "", "", ""),
    ("é/🥥.jpeg", "é", "🥥.jpeg", "é/🥥", "jpeg"),
    ("a\u{301}/b.JPG", "a\u{301}", "b.JPG", "a\u{301}/b", "jpg"),
  ]

  @Test(arguments: parts)
  func `a path has a folder, a name and an ending`(
    _ sample: (path: String, folder: String, name: String, stem: String, ending: String)
  ) {
    #expect(Path.folder(of: sample.path) == sample.folder)
    #expect(Path.name(of: sample.path) == sample.name)
    #expect(Path.withoutExtension(sample.path) == sample.stem)
    #expect(Path.fileExtension(sample.path) == sample.ending)
  }

  @Test(
    arguments: [
      ("a", "b", "a/b"), ("a/", "b", "a/b"), ("/", "b", "/b"), ("", "b", "b"), (".", "b", "b"),
      ("a", "/b", "/b"), ("a", "b/c", "a/b/c"), ("a", "../b", "a/../b"),
    ])
  func `paths are joined with one slash`(folder: String, name: String, joined: String) {
    #expect(Path.join(folder, name) == joined)
  }

  @Test(
    arguments: [
      ("a/b", "a/b"), ("./a", "a"), ("a//b/", "a/b"), ("a/./b", "a/b"), ("a/../b", "b"),
      ("../a", "../a"), ("a/../../b", "../b"), ("../../a", "../../a"), ("/../a", "/a"), ("/", "/"),
      ("", "."), (".", "."), ("a/..", "."), ("..", ".."), ("/a/../..", "/"), ("a/...", "a/..."),
    ])
  func `dots and doubled slashes are resolved by name`(path: String, normalized: String) {
    #expect(Path.normalized(path) == normalized)
  }

  @Test(
    arguments: [
      ("a.json", "json", true), ("a.JSON", "json", true), ("a/b.Json", "json", true),
      ("ajson", "json", false), ("json", "json", false), (".json", "json", true),
      ("a.jsonl", "json", false), ("a.xml", "json", false), ("", "json", false),
    ])
  func `an ending is recognised in any letter case`(path: String, ending: String, isIt: Bool) {
    #expect(Path.ends(path, in: ending) == isIt)
  }
}
