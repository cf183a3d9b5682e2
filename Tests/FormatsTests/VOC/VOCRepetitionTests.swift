import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct VOCRepetitionTests {
  private func read(_ change: (inout VOCFixture) -> Void) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text(change), to: "a.xml")
    return try await folder.read("voc")
  }

  private static let box =
    "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox>"

  @Test func `elements of one name become a list, at any depth`() async throws {
    let imported = try await read {
      $0.objects = [
        VOCFixture.object(
          "car", ["10", "5", "20", "15"],
          """
          <attributes><attribute><name>colour</name><value>red</value></attribute>
          <attribute><name>track_id</name><value>7</value></attribute></attributes>
          <part>door</part><part>wheel</part><part>3</part>
          """)
      ]
    }
    let list: JSONValue = .array([
      .object(["name": "colour", "value": "red"]), .object(["name": "track_id", "value": 7]),
    ])
    #expect(
      try imported.whole.annotations[0].attributes
        == ["attributes": .object(["attribute": list]), "part": .array(["door", "wheel", 3])])
    #expect(imported.allRules.isEmpty)
  }

  @Test func `lists are written as they were read`() async throws {
    let attributes: JSONObject = [
      "attributes": .object([
        "attribute": .array([.object(["name": "a", "value": 1]), .object(["name": "b"])])
      ]), "part": .array(["door", "wheel"]), "pose": "Left", "truncated": 0, "difficult": 0,
    ]
    let folder = try TemporaryFolder()
    try folder.picture("a.jpg")
    let dataset = oneCrab { $0.annotations[0].attributes = attributes }
    let exported = try exporter("voc").export([dataset])
    #expect(exported.losses.isEmpty)
    for (path, text) in exported.texts { try folder.write(text, to: path) }
    let read = try await folder.read("voc").whole.annotations[0].attributes
    for member in attributes.members { #expect(read[member.name] == member.value) }
  }

  @Test func `every box of an object but the first is reported and counted`() async throws {
    let imported = try await read {
      $0.objects = [
        VOCFixture.object(),
        "<object><name>palm</name>\(Self.box)\n\(Self.box)\n\(Self.box)</object>",
      ]
    }
    #expect(try imported.whole.annotations.count == 2)
    #expect(imported.read.annotations == 4)
    #expect(imported.rejections.map(\.finding.rule) == ["malformed-value", "malformed-value"])
    #expect(imported.rejections.allSatisfy { $0.finding.message.contains("<bndbox>") })
    let places = Set(imported.rejections.map { $0.finding.origin })
    #expect(places.count == 2 && !places.contains(nil))
    #expect(imported.isAccountedFor)
  }

  @Test(arguments: [
    ("<object><name>crab</name><name>palm</name>\(box)</object>", "\"crab\" and \"palm\""),
    (
      "<object><name>crab</name><bndbox><xmin>1</xmin><xmin>2</xmin><ymin>2</ymin><xmax>3</xmax>"
        + "<ymax>4</ymax></bndbox></object>", "expected one <xmin> in a box, found two"
    ),
    (
      "<object><name>crab</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax>"
        + "<ymax>4</ymax></bndbox></object>", "expected one <ymax> in a box, found two"
    ),
  ])
  func `an object of two names, or a corner of two values, is rejected`(
    object: String, words: String
  ) async throws {
    let imported = try await read { $0.objects.append(object) }
    #expect(try imported.whole.annotations.count == 1)
    #expect(imported.rejections.map(\.finding.rule) == ["malformed-value"])
    #expect(imported.rejections[0].finding.message.contains(words))
    #expect(imported.isAccountedFor)
  }

  @Test func `a second name or size of the picture is reported`() async throws {
    let imported = try await read {
      $0.more = "<filename>b.png</filename><size><width>1</width><height>1</height></size>"
    }
    #expect(try imported.whole.fileNames == ["a.png"])
    #expect(
      imported.findings.map(\.message) == [
        "expected one <filename>, found another one, which is left out",
        "expected one <size>, found another one, which is left out",
      ])
  }
}
