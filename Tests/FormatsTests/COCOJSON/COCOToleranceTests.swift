import COCO
import Formats
import TestSupport
import Testing

/// Fields of an annotation that are broken while its box is sound.
@Suite struct COCOToleranceTests {
  private static let sound =
    #"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 5, 20, 15], "area": 300, "iscrowd": 0"#

  /// The annotation with these members in place of its own.
  private func read(
    _ members: String, without name: String = "", judging: Bool = true
  ) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    let own = Self.sound.replacing(
      try Regex("\"\(name)\": (\\[[^\\]]*\\]|[^,]+)(, )?"), with: "")
    let record = name.isEmpty ? Self.sound : own
    let comma = record.hasSuffix(", ") ? "" : ", "
    try folder.write(
      COCOFixture.text { $0.annotations = ["\(record)\(comma)\(members)}"] }, to: "instances.json")
    return try await folder.read("coco", ["instances.json"]) { $0.judgesRecords = judging }
  }

  @Test(
    arguments: [
      ("[1, 2, 9, 2, 9, 8, 1, 8]", [[1, 2, 9, 2, 9, 8, 1, 8]]),
      ("[[1, 2], [9, 2], [9, 8], [1, 8]]", [[1, 2, 9, 2, 9, 8, 1, 8]]),
      ("[[[1, 2], [9, 2], [9, 8]]]", [[1, 2, 9, 2, 9, 8]]),
      (
        "[[[1, 2], [9, 2], [9, 8]], [[3, 3], [4, 3], [4, 4]]]",
        [[1, 2, 9, 2, 9, 8], [3, 3, 4, 3, 4, 4]]
      ),
      (#"[["1", "2.5", "9", "2", "9", "8"]]"#, [[1, 2.5, 9, 2, 9, 8]]),
      (#"[{"x": 1, "y": 2}, {"x": 9, "y": 2}, {"y": 8, "x": 9}]"#, [[1, 2, 9, 2, 9, 8]]),
      ("[1.125, 2, 9, 2, 9, 8]", [[1.125, 2, 9, 2, 9, 8]]),
      ("[[[[1, 2], [9, 2], [9, 8]]]]", [[1, 2, 9, 2, 9, 8]]),
    ] as [(String, [[Double]])])
  func `an outline with one reading is taken by it, and counted`(
    outline: String, rings: [[Double]]
  ) async throws {
    let imported = try await read("\"segmentation\": \(outline)")
    #expect(try imported.whole.annotations.map(\.segmentation) == [.polygons(Polygons(rings))])
    #expect(imported.allRules == [])
    #expect(imported.changes.keys.sorted() == ["segmentation written in another way read"])
    #expect(imported.isAccountedFor)
    let judged = try await read("\"segmentation\": \(outline)", judging: false)
    #expect(judged.findings.map(\.kind) == [.malformedValue])
    #expect(judged.findings[0].fixes.map(\.isSafe) == [true])
  }

  @Test(arguments: [
    "\"x\"", "7", "true", "[1, 2, 3]", "[1, 2]", "[null]", #"[{"x": 1}]"#,
    "[[1, 2, 3, 4, 5, 6], 7]",
    "[[1, null, 3, 4, 5, 6]]", "{}", #"{"counts": "ab"}"#, #"{"size": [2, 2], "counts": [-1]}"#,
    #"{"size": "2x2", "counts": [4]}"#, #"[[1, 2, 3, 4, 5, "six"]]"#,
  ])
  func `an outline without one is left out with a word, and the box stays`(
    outline: String
  ) async throws {
    for judging in [true, false] {
      let imported = try await read("\"segmentation\": \(outline)", judging: judging)
      let annotation = try imported.whole.annotations[0]
      #expect(annotation.box == Box(x: 10, y: 5, width: 20, height: 15))
      #expect(annotation.segmentation == nil)
      #expect(imported.findings.count == 1)
      #expect(imported.findings[0].message.hasSuffix(", left out"))
      #expect(imported.rejections.isEmpty)
      #expect(annotation.isChanged)
    }
  }

  @Test(arguments: [
    ("[[1, 2, 9, 8]]", FaultKind.polygonTooShort), ("[[]]", .polygonTooShort),
    ("[[5, 5]]", .polygonTooShort), ("[[1, 2, 9, 2, 9, 8], [4, 4]]", .polygonTooShort),
    ("[[1, 2, 9, 2, 9, 8, 3]]", .oddPolygon), ("[[1.123, 2, 9, 2, 9]]", .oddPolygon),
    ("[[1, 2], [3, 4]]", .polygonTooShort),
  ])
  func `a ring that is none is kept and reported once where no rule will look`(
    outline: String, kind: FaultKind
  ) async throws {
    let imported = try await read("\"segmentation\": \(outline)")
    #expect(imported.findings.map(\.kind) == [kind])
    #expect(imported.findings.map(\.severity) == [.warning])
    #expect(try imported.whole.annotations[0].segmentation != nil)
    #expect(try await read("\"segmentation\": \(outline)", judging: false).findings.isEmpty)
  }

  @Test(arguments: [
    ("area", "[300]", 300), ("area", "\"250.5\"", 250.5), ("area", "[\" 12 \"]", 12),
    ("iscrowd", "\"1\"", 1), ("iscrowd", "[0]", 0), ("iscrowd", "true", 1),
  ])
  func `a number in a list or as text is the number`(
    name: String, text: String, value: Double
  ) async throws {
    let imported = try await read("\"\(name)\": \(text)", without: name)
    let annotation = try imported.whole.annotations[0]
    #expect((name == "area" ? annotation.area : annotation.isCrowd.map(Double.init)) == value)
    #expect(imported.allRules == [])
    #expect(imported.changes.count == 1)
  }

  @Test(arguments: [
    ("area", "[]"), ("area", "[1, 2]"), ("area", "{}"), ("area", "\"big\""), ("area", "true"),
    ("area", "NaN"), ("area", "-Infinity"), ("iscrowd", "\"no\""), ("iscrowd", "{}"),
    ("iscrowd", "[0, 0]"), ("iscrowd", "0.5"), ("keypoints", "\"nose\""),
    ("keypoints", "[1, \"x\", 2]"), ("keypoints", "{}"), ("keypoints", "[[1, 2]]"),
  ])
  func `a field with no reading is left out, and filled in where it can be`(
    name: String, text: String
  ) async throws {
    let imported = try await read("\"\(name)\": \(text)", without: name)
    let annotation = try imported.whole.annotations[0]
    #expect(annotation.box == Box(x: 10, y: 5, width: 20, height: 15))
    #expect(annotation.area == 300)
    #expect(annotation.isCrowd == 0)
    #expect(annotation.keypoints == nil)
    #expect(imported.findings.count == 1)
    #expect(imported.rejections.isEmpty)
    #expect(imported.isAccountedFor)
  }

  @Test(arguments: [
    #"{"x": 10, "y": 5, "width": 20, "height": 15}"#, #"{"w": 20, "h": 15, "left": 10, "top": 5}"#,
    #"{"xmin": 10, "ymin": 5, "xmax": 30, "ymax": 20}"#, #"["10", "5", "20", "15"]"#,
    "[[10, 5, 20, 15]]", "[[10], [5], [20], [15]]",
    #"{"X": "10", "Y": 5, "Width": 20, "Height": 15}"#,
  ])
  func `a box in another form is read`(box: String) async throws {
    let imported = try await read("\"bbox\": \(box)", without: "bbox")
    #expect(try imported.whole.boxes == [[10, 5, 20, 15]])
    #expect(imported.changes.keys.sorted() == ["bbox written in another way read"])
    #expect(imported.allRules == [])
  }

  @Test(
    arguments: [
      (#""keypoints": [[1, 2, 2], [3, 4, 1]], "num_keypoints": 2"#, [1, 2, 2, 3, 4, 1]),
      (#""keypoints": ["1", "2", "2"], "num_keypoints": 1"#, [1, 2, 2]),
    ] as [(String, [Double])])
  func `keypoints in lists of three or as text are read`(
    members: String, keypoints: [Double]
  ) async throws {
    let imported = try await read(members)
    #expect(try imported.whole.annotations[0].keypoints == keypoints)
    #expect(imported.changes.count == 1)
  }

  @Test func `without a box nothing is left of a broken outline`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(
      COCOFixture.text {
        $0.annotations = [
          #"{"id": 1, "image_id": 1, "category_id": 1, "segmentation": "x"}"#,
          #"{"id": 2, "image_id": 1, "category_id": 1, "segmentation": [1, 2, 9, 2, 9, 8]}"#,
        ]
      }, to: "instances.json")
    let imported = try await folder.read("coco", ["instances.json"])
    #expect(imported.rejections.map(\.finding.kind) == [.malformedValue])
    #expect(try imported.whole.boxes == [[1, 2, 8, 6]])
  }
}
