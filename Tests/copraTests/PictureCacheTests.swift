import Foundation
import TestSupport
import Testing

@Suite("What was measured of pictures before")
struct PictureCacheTests {
  /// The names of the pictures; the second one is a copy of the first.
  private static let pictures = ["a.png": 1, "b.png": 1, "c.png": 3]

  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, number) in Self.pictures {
      try folder.write(PictureFile.colour(number), to: "in/\(name)")
    }
    let images = Self.pictures.keys.sorted().enumerated().map { index, name in
      #"{"id":\#(index + 1),"file_name":"\#(name)","width":128,"height":96}"#
    }
    try folder.write(
      COCOText.dataset(images: images, annotations: [], categories: []), to: "in/set.json")
    return folder
  }

  /// What is found of the pictures' content.
  private func validate(_ folder: TemporaryFolder, cache: String = "cache") throws -> Copra.Ending {
    try Copra.run(
      ["validate", "in/set.json", "--select", "exact-duplicate-image", "--cache", cache],
      in: folder)
  }

  /// Writes another picture in place of one, as long as it was, at a time of the test's choice.
  private func replace(_ name: String, with number: Int, in folder: TemporaryFolder, time: Double)
    throws
  {
    try folder.write(PictureFile.colour(number), to: name)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: time)], ofItemAtPath: folder.path(name))
  }

  @Test func `a second run says the same and leaves the file as it is`() throws {
    let folder = try workspace()
    let first = try validate(folder)
    let cache = try folder.bytes("cache")
    let second = try validate(folder)
    #expect(first.results.contains("[exact-duplicate-image]"))
    #expect(second.results == first.results)
    #expect(second.messages == first.messages)
    #expect(try folder.bytes("cache") == cache)
  }

  @Test func `a run without it says the same`() throws {
    let folder = try workspace()
    let first = try validate(folder)
    let arguments = ["validate", "in/set.json", "--select", "exact-duplicate-image"]
    #expect(try Copra.run(arguments, in: folder).results == first.results)
  }

  @Test func `a picture whose size and time are as they were is not decoded again`() throws {
    let folder = try workspace()
    try replace("in/b.png", with: 1, in: folder, time: 1_000_000_000)
    let first = try validate(folder)
    try replace("in/b.png", with: 9, in: folder, time: 1_000_000_000)
    #expect(try validate(folder).results == first.results)
  }

  @Test func `a picture that changed is measured anew`() throws {
    let folder = try workspace()
    try replace("in/b.png", with: 1, in: folder, time: 1_000_000_000)
    #expect(try validate(folder).results.contains("[exact-duplicate-image]"))
    try replace("in/b.png", with: 9, in: folder, time: 1_000_000_001)
    #expect(try !validate(folder).results.contains("[exact-duplicate-image]"))
  }

  @Test func `a damaged line is left out with a note, and measured anew`() throws {
    let folder = try workspace()
    let first = try validate(folder)
    let whole = try folder.bytes("cache")
    var cache = whole
    cache[cache.count - 2] ^= 1
    try folder.write(Array(cache), to: "cache")
    let second = try validate(folder)
    #expect(second.results == first.results)
    #expect(second.messages.contains("note: cache: 1 line is not a measurement; left out\n"))
    #expect(try folder.bytes("cache") == whole)
  }

  @Test(
    arguments: ["", "copra image measurements 0\nold\n"])
  func `a file of another version is replaced, and an empty one filled`(text: String) throws {
    let folder = try workspace()
    try folder.write(text, to: "cache")
    #expect(try validate(folder).status == 0)
    #expect(try folder.text("cache").split(separator: "\n").count == 1 + Self.pictures.count)
  }

  @Test(
    arguments: ["in/set.json", "in/a.png", "notes.txt"])
  func `a file that is no cache is never overwritten`(file: String) throws {
    let folder = try workspace()
    try folder.write("buy coconuts\n", to: "notes.txt")
    let before = try folder.bytes(file)
    let ending = try validate(folder, cache: file)
    #expect(ending.status == 2)
    #expect(
      ending.messages.hasSuffix(
        "error: \(file): expected a file that --cache wrote, found another file\n"))
    #expect(try folder.bytes(file) == before)
  }

  @Test(
    arguments: [
      ("in", "in: cannot read: is a directory"), ("", "an output's path is empty"),
      ("gone/cache", "gone/cache: cannot write: no such file or directory"),
      ("in/set.json/cache", "in/set.json/cache: cannot write: not a directory"),
    ])
  func `a cache that cannot be written ends with 2`(path: String, message: String) throws {
    let ending = try validate(workspace(), cache: path)
    #expect(ending.status == 2)
    #expect(ending.messages.hasSuffix("error: \(message)\n"))
  }
}
