import COCO
import Formats
import TestSupport
import Testing

/// How VOC's corners are written.
@Suite struct VOCNumbersTests {
  private func options(
    _ pixels: ImportOptions.VOCPixels, isWhole: Bool = false
  ) -> ExportOptions {
    var options = ExportOptions()
    options.vocPixels = pixels
    options.vocIsWhole = isWhole
    return options
  }

  private func corners(_ box: Box, _ options: ExportOptions) throws -> [String] {
    let exported = try exporter("voc", options).export([oneCrab { $0.annotations[0].box = box }])
    let text = try #require(exported.texts["Annotations/a.xml"])
    return try ["xmin", "ymin", "xmax", "ymax"].map { name in
      let parts = text.components(between: "<\(name)>", and: "</\(name)>")
      return try #require(parts)
    }
  }

  @Test(arguments: [
    (ImportOptions.VOCPixels.asWritten, ["10", "0", "30", "10.5"]),
    (.oneBased, ["11", "1", "30", "10.5"]),
  ])
  func `corners count pixels as the user says`(
    pixels: ImportOptions.VOCPixels, expected: [String]
  ) throws {
    let box = Box(x: 10, y: 0, width: 20, height: 10.5)
    #expect(try corners(box, options(pixels)) == expected)
  }

  @Test(arguments: [0, 0.1, 48.24, 99.995, 1e-9, 1234.567891] as [Double])
  func `what is counted from 1 reads back as it was`(x: Double) async throws {
    let box = Box(x: x, y: 3.3, width: 7.77, height: 0.25)
    let dataset = oneCrab { $0.annotations[0].box = box }
    let folder = try TemporaryFolder()
    let exported = try exporter("voc", options(.oneBased)).export([dataset])
    for (path, text) in exported.texts { try folder.write(text, to: path) }
    #expect(exported.notes.contains { $0.contains("--voc-pixels one-based") })
    let read = try await folder.read("voc") { $0.vocPixels = .oneBased }
    let found = try #require(try read.whole.annotations[0].box)
    #expect(abs(found.x0 - box.x0) < 1e-9 && abs(found.y0 - box.y0) < 1e-9)
    #expect(abs(found.x1 - box.x1) < 1e-9 && abs(found.y1 - box.y1) < 1e-9)
  }

  @Test(
    arguments: [
      ([10, 5, 20, 10], [10, 5, 30, 15], 0),
      ([10.4, 5.5, 20.2, 10], [10, 6, 31, 16], 1),
      // What would be empty gets the pixel of its middle.
      ([10.2, 5.6, 0.2, 0.7], [10, 5, 11, 6], 1),
      ([10.6, 5, 0.7, 1], [10, 5, 11, 6], 1),
      // An empty box stays empty.
      ([10, 5, 0, 10], [10, 5, 10, 15], 0),
      ([-0.5, -1.5, 1, 2], [0, -1, 1, 1], 1),
      ([99.2, 49.7, 0.8, 0.3], [99, 49, 100, 50], 1),
    ] as [([Double], [Double], Int)])
  func `corners become whole numbers, the nearest ones, and no box empty`(
    numbers: [Double], whole: [Double], changed: Int
  ) throws {
    let box = Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    let dataset = oneCrab { $0.annotations[0].box = box }
    let own = try exporter("voc", options(.asWritten, isWhole: true))
    #expect(own.export([dataset]).count("boxes rounded to whole pixels") == changed)
    let meant = try #require(own.meant([dataset])[0].annotations[0].box)
    #expect([meant.x0, meant.y0, meant.x1, meant.y1] == whole)
    #expect(try corners(box, options(.asWritten, isWhole: true)).map { Double($0) } == whole)
    let fromOne = try corners(box, options(.oneBased, isWhole: true)).map { Double($0) }
    #expect(fromOne == [whole[0] + 1, whole[1] + 1, whole[2], whole[3]])
    #expect(try exporter("voc").meant([dataset]) == [dataset])
  }

  @Test func `pictures belong where filename says, and other endings than jpg are reported`() throws
  {
    var options = ExportOptions()
    let dataset = oneCrab {
      $0.images[0].fileName = "../up/a.JPG"
      $0.images.append(Image(id: 2, fileName: "b.jpg", width: 4, height: 4))
    }
    let kept = try exporter("voc", options).export([dataset])
    #expect(kept.texts["Annotations/up/a.xml"]?.contains("<filename>../up/a.JPG<") == true)
    options.placesPictures = true
    let placed = try exporter("voc", options).export([dataset])
    #expect(placed.texts["Annotations/up/a.xml"]?.contains("<filename>up/a.JPG<") == true)
    #expect(
      placed.pictures == [
        PlacedPicture(dataset: 0, index: 0, path: "JPEGImages/up/a.JPG"),
        PlacedPicture(dataset: 0, index: 1, path: "JPEGImages/b.jpg"),
      ])
    #expect(placed.notes.contains { $0.hasPrefix("1 image does not end in .jpg") })
  }

  @Test func `the number of channels is said of all pictures or of none`() async throws {
    let folder = try TemporaryFolder()
    for (name, depth) in [("a", 3), ("b", 1), ("c", 3)] {
      try folder.picture("\(name).png")
      try folder.write(
        VOCFixture.text {
          $0.fileName = "\(name).png"
          $0.size = "<width>32</width><height>24</height><depth>\(depth)</depth>"
        }, to: "\(name).xml")
    }
    #expect(try await folder.read("voc").whole.images.map { $0.extra["depth"] } == [3, 1, 3])
    let other = try await folder.read("voc", ["a.xml", "c.xml"])
    #expect(try other.whole.images.map { $0.extra["depth"] } == [nil, nil])
  }
}

extension String {
  /// What stands between the first `start` and the `end` behind it.
  fileprivate func components(between start: String, and end: String) -> String? {
    guard let first = ranges(of: start).first,
      let last = self[first.upperBound...].ranges(of: end).first
    else { return nil }
    return String(self[first.upperBound..<last.lowerBound])
  }
}
