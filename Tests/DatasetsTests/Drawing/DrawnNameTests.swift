import Datasets
import Testing

@Suite("Names of drawn pictures")
struct DrawnNameTests {
  @Test(
    arguments: [
      ("../../etc/passwd", "etc/passwd.png"), ("/abs/a.jpg", "abs/a.png"), ("..", "picture.png"),
      ("", "picture.png"), ("a/./b.tar.gz", "a/b.tar.png"), ("x\u{1B}[2J.jpg", "x_[2J.png"),
    ])
  func `no name leads out of the folder, and none is obeyed by a terminal`(
    name: String, path: String
  ) {
    var names = DrawnNames(fileExtension: "png")
    #expect(names.path(for: name) == path)
  }

  @Test func `pictures of one name, or of names that differ in case, have a file each`() {
    var names = DrawnNames(fileExtension: "jpg")
    #expect(names.path(for: "a.png") == "a.jpg")
    #expect(names.path(for: "a.jpg") == "a-2.jpg")
    #expect(names.path(for: "A.jpg") == "A-3.jpg")
    #expect(names.path(for: "a.jpg", split: "val") == "val/a.jpg")
  }

  @Test func `a long name is cut to what file systems hold`() {
    var names = DrawnNames(fileExtension: "jpg")
    let name = names.path(for: String(repeating: "漢", count: 100) + ".jpg")
    #expect(name.utf8.count <= 255)
    #expect(name.hasSuffix("漢.jpg"))
  }
}
