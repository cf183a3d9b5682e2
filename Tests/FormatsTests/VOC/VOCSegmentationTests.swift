import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct VOCSegmentationTests {
  /// Six columns and four rows with three objects; 255 is the border between them.
  private static let labels: [[UInt8]] = [
    [1, 1, 255, 2, 2, 0],
    [1, 1, 255, 2, 2, 0],
    [0, 0, 255, 255, 255, 0],
    [0, 0, 0, 0, 3, 3],
  ]

  private func folder(
    mask: [UInt8]? = TinyPNG.palette(labels), name: String = "SegmentationObject/a.png",
    _ change: (inout VOCFixture) -> Void = { _ in }
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.picture("JPEGImages/a.png", width: 6, height: 4)
    if let mask { try folder.write(mask, to: name) }
    try folder.write(
      VOCFixture.text {
        $0.size = nil
        $0.more = "<segmented>1</segmented>"
        $0.objects = [
          VOCFixture.object("crab", ["0", "0", "2", "2"]),
          VOCFixture.object("palm", ["3", "0", "5", "2"]),
          VOCFixture.object("crab", ["4", "3", "6", "4"]),
        ]
        change(&$0)
      }, to: "Annotations/a.xml")
    return folder
  }

  private func areas(_ imported: Imported) throws -> [Int?] {
    try imported.whole.annotations.map { annotation in
      guard case .compressedRunLengths(let mask)? = annotation.segmentation else { return nil }
      return mask.area
    }
  }

  @Test func `VOC's colours are read as the values they stand for`() async throws {
    let colours: [UInt8: [UInt8]] = [
      0: [0, 0, 0], 1: [128, 0, 0], 2: [0, 128, 0], 3: [128, 128, 0], 255: [224, 224, 192],
    ]
    let rows = Self.labels.map { row in row.reduce(into: [UInt8]()) { $0 += colours[$1] ?? [] } }
    let imported = try await folder(mask: TinyPNG.colours(rows)).read("voc")
    #expect(imported.faults.isEmpty)
    #expect(try areas(imported) == [4, 4, 2])
    let others = Self.labels.map { row in row.reduce(into: [UInt8]()) { $0 += [$1, 77, 9] } }
    let refused = try await folder(mask: TinyPNG.colours(others)).read("voc")
    #expect(refused.faults == ["malformed-value"])
    #expect(refused.findings.contains { $0.message.contains("a colour for each of 3 objects") })
  }

  @Test(
    arguments: [
      ([[9, 77, 200], [1, 2, 3], [250, 20, 30]], [4, 4, 2], []),
      (
        [[250, 20, 30], [9, 77, 200], [1, 2, 3], [255, 255, 255]], [4, 4, 2], ["malformed-value"]
      ),
      ([[9, 77, 200], [9, 77, 200], [1, 2, 3]], [nil, nil, 2], ["malformed-value"]),
    ] as [([[UInt8]], [Int?], [String])])
  func `of other colours the boxes decide whose they are`(
    colours: [[UInt8]], expected: [Int?], faults: [String]
  ) async throws {
    let rows = Self.labels.map { row in
      row.reduce(into: [UInt8]()) { row, label in
        let index = label == 255 ? 3 : Int(label) - 1
        row += colours.indices.contains(index) ? colours[index] : [0, 0, 0]
      }
    }
    let imported = try await folder(mask: TinyPNG.colours(rows)).read("voc")
    #expect(try areas(imported) == expected)
    #expect(imported.faults == faults)
  }

  @Test(arguments: [[1, 3, 2], [2, 1, 3], [3, 1, 2], [2, 3, 1]])
  func `where values have another order the boxes decide`(order: [UInt8]) async throws {
    let labels = Self.labels.map { row in
      row.map { $0 == 0 || $0 == 255 ? $0 : order[Int($0) - 1] }
    }
    let imported = try await folder(mask: TinyPNG.grey(labels)).read("voc")
    #expect(imported.faults.isEmpty)
    #expect(try areas(imported) == [4, 4, 2])
  }

  @Test(arguments: [TinyPNG.palette(labels), TinyPNG.grey(labels)])
  func `the mask's value is the object's number`(mask: [UInt8]) async throws {
    let imported = try await folder(mask: mask).read("voc")
    let dataset = try imported.whole
    #expect(imported.faults.isEmpty)
    #expect(try areas(imported) == [4, 4, 2])
    #expect(dataset.annotations.map(\.area) == [4, 4, 2])
    #expect(dataset.boxes == [[0, 0, 2, 2], [3, 0, 2, 2], [4, 3, 2, 1]])
    #expect(
      dataset.annotations[0].segmentation
        == .compressedRunLengths(RunLengthMask(height: 4, width: 6, counts: [0, 2, 2, 2, 18])))
  }

  @Test func `a rejected object keeps its number`() async throws {
    let imported = try await folder { fixture in
      fixture.objects[1] = VOCFixture.object("palm", ["three", "0", "5", "2"])
    }.read("voc")
    #expect(imported.faults == ["malformed-value"])
    #expect(try areas(imported) == [4, 2])
    #expect(imported.isAccountedFor)
  }

  @Test func `a polygon of the object's own is kept`() async throws {
    let triangle = "<polygon><x1>0</x1><y1>0</y1><x2>2</x2><y2>0</y2><x3>0</x3><y3>2</y3></polygon>"
    let imported = try await folder { fixture in
      fixture.objects[0] = VOCFixture.object("crab", ["0", "0", "2", "2"], triangle)
    }.read("voc")
    #expect(try areas(imported) == [nil, 4, 2])
  }

  @Test func `an object that the mask does not show has its box alone`() async throws {
    let imported = try await folder { fixture in
      fixture.objects.append(VOCFixture.object("boat", ["1", "1", "2", "2"]))
    }.read("voc")
    #expect(imported.faults.isEmpty)
    #expect(try areas(imported) == [4, 4, 2, nil])
  }

  @Test(arguments: ["<segmented>0</segmented>", ""])
  func `a mask that the file does not speak of is not looked at`(element: String) async throws {
    let imported = try await folder { $0.more = element }.read("voc")
    #expect(imported.faults.isEmpty)
    #expect(try areas(imported) == [nil, nil, nil])
  }

  @Test func `a picture without a mask file has boxes`() async throws {
    let imported = try await folder(mask: nil).read("voc")
    #expect(imported.faults.isEmpty)
    #expect(try areas(imported) == [nil, nil, nil])
  }

  @Test func `a mask of another size is reported and not used`() async throws {
    let mask = TinyPNG.palette([[1, 1, 2], [1, 1, 2]])
    let folder = try folder(mask: mask)
    let imported = try await folder.read("voc")
    #expect(try areas(imported) == [nil, nil, nil])
    #expect(
      imported.lines(below: folder.path).first
        == "Annotations/a.xml:3:1: error image-size-mismatch: the mask a.png is 3×2, the image is "
        + "6×4, so the mask is not used")
    #expect(imported.faults == ["image-size-mismatch"])
  }

  @Test(arguments: [
    TinyPNG.header(width: 6, height: 4), Array("no picture".utf8), [],
  ])
  func `a mask that cannot be read is reported and not used`(mask: [UInt8]) async throws {
    let imported = try await folder(mask: mask).read("voc")
    #expect(imported.faults == ["unreadable-image"])
    #expect(try areas(imported) == [nil, nil, nil])
  }

  @Test func `values that are no object's are reported`() async throws {
    let imported = try await folder { $0.objects.removeLast() }.read("voc")
    #expect(imported.faults == ["malformed-value"])
    #expect(
      imported.findings.contains {
        $0.message
          == "the mask a.png has the values 3, which are not objects: the file has 2"
      })
    #expect(try areas(imported) == [4, 4])
  }

  @Test func `masks stand below folders as their annotations do`() async throws {
    let folder = try TemporaryFolder()
    for name in ["x/a", "y/a"] {
      try folder.picture("JPEGImages/\(name).png", width: 6, height: 4)
      try folder.write(TinyPNG.palette(Self.labels), to: "SegmentationObject/\(name).png")
      try folder.write(
        VOCFixture.text {
          $0.size = nil
          $0.more = "<segmented>1</segmented>"
          $0.objects = (0..<3).map { _ in VOCFixture.object("crab", ["0", "0", "2", "2"]) }
        }, to: "Annotations/\(name).xml")
    }
    #expect(try areas(await folder.read("voc")) == [4, 4, 2, 4, 4, 2])
  }

  @Test func `annotations with masks are VOC`() throws {
    let folder = try folder()
    guard case .found(let type, _) = FormatDetection.detect([try InputTree(folder.path)]) else {
      Issue.record("expected one format")
      return
    }
    #expect(type.name == "voc")
  }
}
