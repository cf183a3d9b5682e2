import COCO
import Formats
import TestSupport
import Testing

@Suite struct UnjudgedVOCTests {
  private func read(
    picture: Bool = true, _ change: (inout VOCFixture) -> Void
  ) async throws -> Imported {
    let folder = try TemporaryFolder()
    if picture { try folder.picture("a.png") }
    try folder.write(VOCFixture.text(change), to: "a.xml")
    return try await folder.readUnjudged("voc")
  }

  @Test(arguments: [
    ["20", "5", "10", "15"], ["NaN", "5", "20", "15"], ["1e400", "5", "20", "15"],
    ["10", "5", "10", "15"], ["40", "5", "50", "15"], ["-9", "5", "20", "15"],
  ])
  func `an odd box is taken over without a word`(corners: [String]) async throws {
    let imported = try await read { $0.objects = [VOCFixture.object("crab", corners)] }
    #expect(imported.faults == [])
    #expect(try imported.whole.annotations.count == 1)
  }

  @Test func `a coordinate that is no number leaves its object out`() async throws {
    let imported = try await read {
      $0.objects = [VOCFixture.object("crab", ["1,5", "5", "20", "15"])]
    }
    #expect(imported.rejections.map(\.finding.rule) == ["malformed-value"])
  }

  @Test(arguments: [
    ("<width>64</width><height>24</height>", [64, 24]),
    ("<width>0</width><height>0</height>", [0, 0]), ("", [32, 24]),
  ])
  func `an image keeps the size that the file gives, and else has its picture's`(
    size: String, expected: [Int]
  ) async throws {
    let imported = try await read { $0.size = size.isEmpty ? nil : size }
    #expect(imported.faults == [])
    #expect(try imported.whole.images.map { [$0.width, $0.height] } == [expected])
  }

  @Test func `an image without picture and size is taken over without one`() async throws {
    let imported = try await read(picture: false) { $0.size = nil }
    #expect(imported.faults == ["missing-image-file"])
    #expect(try imported.whole.images.map { [$0.width, $0.height] } == [[0, 0]])
    #expect(imported.isAccountedFor)
  }

  @Test func `the area of an outline is that on the picture`() async throws {
    let imported = try await read {
      $0.size = "<width>4</width><height>4</height>"
      let corners =
        "<x1>2</x1><y1>2</y1><x2>12</x2><y2>2</y2><x3>12</x3><y3>12</y3><x4>2</x4><y4>12</y4>"
      $0.objects = [
        VOCFixture.object("crab", ["2", "2", "12", "12"], "<polygon>\(corners)</polygon>")
      ]
    }
    #expect(try imported.whole.annotations.map(\.area) == [100])
  }

  @Test func `two files of one picture are taken over without a word`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text(), to: "a.xml")
    try folder.write(VOCFixture.text(), to: "again/a.xml")
    try folder.link("again/a.png", to: "a.png")
    let imported = try await folder.readUnjudged("voc") { $0.imagesFolder = folder.path }
    #expect(!imported.allRules.contains("duplicate-file-name"))
    #expect(try imported.whole.images.count == 2)
  }

  @Test(arguments: [false, true])
  func `the fix of a padded name takes the blanks out and nothing else`(
    isUTF16: Bool
  ) async throws {
    func encode(_ text: String) -> [UInt8] {
      guard isUTF16 else { return Array(text.utf8) }
      return ([0xFEFF] + Array(text.utf16)).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    try folder.picture("a.png")
    let padded = VOCFixture.text { $0.objects = [VOCFixture.object("\n crab é &amp; co\t")] }
    try folder.write(encode(padded), to: "a.xml")
    let imported = try await folder.readUnjudged("voc")
    #expect(imported.faults == ["blank-padded-name"])
    let plain = VOCFixture.text { $0.objects = [VOCFixture.object("crab é &amp; co")] }
    #expect(try imported.withoutRemovals() == encode(plain))
  }

  @Test(arguments: ["&#32;crab", "<![CDATA[ crab]]>", " crab<!-- red -->"])
  func `blanks that do not stand there as such are left to a person`(name: String) async throws {
    let imported = try await read { $0.objects = [VOCFixture.object(name)] }
    #expect(imported.faults == ["blank-padded-name"])
    #expect(imported.findings.flatMap(\.fixes) == [])
  }
}
