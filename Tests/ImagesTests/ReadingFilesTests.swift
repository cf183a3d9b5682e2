import Glibc
import Images
import TestSupport
import Testing

@Suite struct ReadingFilesTests {
  @Test(arguments: ["missing.jpg", "rgb.jpg/below.jpg"])
  func `a missing file is not found`(_ name: String) {
    #expect(throws: ImageError.notFound) { try ImageHeader.read(path: fixtures.path(name)) }
    #expect(throws: ImageError.notFound) { try Bitmap.decode(path: fixtures.path(name)) }
  }

  @Test func `a folder is unreadable`() {
    let expected = ImageError.unreadable(errno: EISDIR)
    #expect(throws: expected) { try ImageHeader.read(path: fixtures.path("")) }
    #expect(throws: expected) { try Bitmap.decode(path: fixtures.path("")) }
  }

  @Test func `a pipe is refused at once`() throws {
    let path = "/tmp/copra-images-pipe-\(getpid())"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(throws: ImageError.self) { try ImageHeader.read(path: path) }
    #expect(throws: ImageError.self) { try Bitmap.decode(path: path) }
  }

  @Test func `a name is found from an open folder`() throws {
    let folder = open(fixtures.path(""), O_RDONLY | O_DIRECTORY)
    defer { close(folder) }
    #expect(try ImageHeader.read(path: "rgb.jpg", in: folder).width == 7)
  }

  @Test func `an empty file is truncated`() throws {
    let file = try TemporaryFile([])
    #expect(throws: ImageError.truncated("expected 1 byte, found 0", offset: 0)) {
      try ImageHeader.read(path: file.path)
    }
  }

  @Test func `text is not an image`() {
    let expected = ImageError.notAnImage(
      "expected a JPEG, PNG, BMP, GIF, TIFF, WebP or Netpbm file, found bytes 3C 68 0A")
    #expect(throws: expected) { try ImageHeader.parse(Array("<h\n".utf8)) }
  }

  @Test(
    arguments: [
      (ImageError.notFound, "no such file"),
      (.unreadable(errno: EACCES), "cannot be read: permission denied"),
      (
        .truncated("expected 2 bytes, found 1", offset: 20),
        "data ends early at byte 20: expected 2 bytes, found 1"
      ),
      (.corrupt("bad adaptive filter value"), "corrupt data: bad adaptive filter value"),
      (.tooLarge(width: 9, height: 8, limit: 70), "expected at most 70 pixels, found 9 × 8"),
    ])
  func `an error reads as a sentence`(_ error: ImageError, _ text: String) {
    #expect(error.description == text)
  }
}
