import Foundation
import TestSupport
import Testing

@Suite("Pictures of the viewer")
struct ShownPictureTests {
  /// What `copra view` serves of a set with one picture.
  private func answer(
    _ path: String, name: String, prepare: (TemporaryFolder) throws -> Void
  ) throws -> Answer {
    let folder = try TemporaryFolder()
    try folder.writeSet([name], as: "set/set.json")
    try prepare(folder)
    return try Viewer(["set/set.json", "--no-findings"], in: folder).answer(to: path)
  }

  @Test func `a picture that no browser shows is sent as PNG, and its thumbnail as JPEG`() throws {
    let folder = try TemporaryFolder()
    try folder.writeSet(["a.pgm"])
    try folder.writePicture("a.pgm")
    let viewer = try Viewer(["set.json"], in: folder)
    let whole = try viewer.answer(to: "/picture/0")
    #expect(whole.status == 200 && whole.headers["content-type"] == "image/png")
    #expect(whole.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let small = try viewer.answer(to: "/thumbnail/0")
    #expect(small.status == 200 && small.headers["content-type"] == "image/jpeg")
    #expect(small.body.starts(with: [0xFF, 0xD8]))
    #expect(try viewer.answer(to: "/thumbnail/0").body == small.body)
  }

  @Test func `a picture that browsers show is sent as it is`() throws {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "voc")
    let viewer = try Viewer(["voc"], in: folder)
    let pictures = try #require(
      viewer.json("/api/pictures?from=0&count=1")["pictures"] as? [[Any]])
    let name = try #require(pictures.first?.first as? String)
    let file = try #require(folder.tree("voc").first { $0.key.hasSuffix(name) })
    #expect(try viewer.answer(to: "/picture/0").body == file.value)
  }

  @Test(
    arguments: ["thumbnail", "picture"])
  func `a name that leads out of the set's folder is refused`(kind: String) throws {
    let answer = try answer("/\(kind)/0", name: "../secret.pgm") {
      try $0.writePicture("secret.pgm")
    }
    #expect(answer.status == 403)
    #expect(answer.text == "the image's name leads out of the set's folders\n")
  }

  @Test(arguments: ["thumbnail", "picture"])
  func `a picture whose file is missing is said to be`(kind: String) throws {
    let answer = try answer("/\(kind)/0", name: "a.pgm") { _ in }
    #expect(answer.status == 404 && answer.text == "the image's file is missing\n")
  }

  @Test func `a thumbnail of a file that is cut short is refused with the reason`() throws {
    let answer = try answer("/thumbnail/0", name: "a.pgm") {
      try $0.write("P5 8 6 255\nxyz", to: "set/a.pgm")
    }
    #expect(answer.status == 422 && !answer.text.isEmpty)
  }

  @Test(arguments: ["thumbnail", "picture"])
  func `a file that is no picture is never sent`(kind: String) throws {
    let answer = try answer("/\(kind)/0", name: "a.jpg") {
      try $0.write("a secret", to: "set/a.jpg")
    }
    #expect(answer.status == 422 && !answer.text.contains("a secret"))
  }
}
