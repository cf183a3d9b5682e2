import COCO
import Formats
import TestSupport
import Testing

@Suite struct ImageLocatorTests {
  @Test(arguments: [
    ("a.png", "a.png", ImageLocator.Match.exact), ("sub/b.png", "sub/b.png", .exact),
    ("a.jpg", "a.png", .stem), ("a", "a.png", .stem), ("A.JPG", "a.png", .ignoringCase),
    ("c.d", "c.d.png", .stem), ("sub/B.png", "sub/b.png", .ignoringCase),
    ("sub/b", "sub/b.png", .stem),
  ])
  func `a picture is found by name, stem, or ignoring case`(
    name: String, path: String, match: ImageLocator.Match
  ) throws {
    let folder = try TemporaryFolder()
    for name in ["a.png", "c.d.png", "sub/b.png"] { try folder.picture(name) }
    let located = try #require(ImageLocator(folder.path).locate(name))
    #expect(located.path == "\(folder.path)/\(path)")
    #expect(located.match == match)
  }

  @Test(arguments: ["b.png", "", "sub", "sub/c.png", "notes", "gone/a.png"])
  func `what is no picture here is not found`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.picture("sub/b.png")
    try folder.write("", to: "notes.txt")
    #expect(ImageLocator(folder.path).locate(name) == nil)
  }

  @Test func `a folder that does not exist holds nothing`() {
    let locator = ImageLocator("/nowhere/at/all")
    #expect(!locator.exists)
    #expect(locator.locate("a.png") == nil)
  }

  @Test func `the first of several similar names is taken`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.png", "a.bmp", "a.gif"] { try folder.picture(name) }
    #expect(ImageLocator(folder.path).locate("a.jpg")?.path == "\(folder.path)/a.bmp")
  }
}
