import COCO
import TestSupport
import Testing

/// Corners are held as hundredths where a file writes them so, and as doubles elsewhere.
@Suite("Storage of polygons")
struct PolygonStorageTests {
  /// Coordinates as a file writes them, and as they are written again.
  static let spellings: [(text: String, again: String)] = [
    ("0", "0"), ("7", "7"), ("-7", "-7"), ("0.5", "0.5"), ("-0.05", "-0.05"), ("12.30", "12.3"),
    ("12.00", "12"), ("507.32", "507.32"), ("-0.0", "-0.0"), ("-0.00", "-0.0"), ("-0", "0"),
    ("0.0", "0"), ("999999", "999999"), ("1234567", "1234567"), ("12345678", "12345678"),
    ("123456.7", "123456.7"), ("12345.67", "12345.67"), ("99999.99", "99999.99"),
    ("-999999", "-999999"), ("123456.78", "123456.78"), ("1.005", "1.005"), ("1.230", "1.23"),
    ("0.001", "0.001"), ("1e2", "100"), ("1e300", "1e+300"),
    ("9007199254740993", "9007199254740992"),
  ]

  private func read(_ segmentation: String) async throws -> Annotation? {
    let folder = try TemporaryFolder()
    let text = """
      {"images":[],"categories":[],"annotations":[\
      {"id":1,"image_id":1,"category_id":1,"segmentation":\(segmentation)}]}
      """
    return try await folder.read(text.utf8).dataset.annotations.first
  }

  private func polygons(_ annotation: Annotation?) throws -> Polygons {
    guard case .polygons(let polygons)? = annotation?.segmentation else { throw Missing.polygons }
    return polygons
  }

  private enum Missing: Error { case polygons }

  @Test(arguments: spellings)
  func `a corner is the double that its text says`(_ spelling: (text: String, again: String))
    async throws
  {
    // Alone, beside others of its kind, and beside what has to be a double.
    let lists = [
      "\(spelling.text),\(spelling.text)", "1.25,\(spelling.text)", "\(spelling.text),0.125",
      "1,\(spelling.text),-2.5,33.75", "1,-2.5,33.75,\(spelling.text)",
      "\(spelling.text),1,-2.5,33.75,0.25", "1,-2.5,33.75,0.25,6,7,\(spelling.text),8,9",
    ]
    for list in lists {
      let expected = list.split(separator: ",").map { text in
        text == "-0" ? 0.0 : Double(text) ?? .nan
      }
      let rings = try polygons(try await read("[[\(list)],[1,2.5]]")).rings
      #expect(
        rings.map { $0.map(\.bitPattern) } == [expected, [1, 2.5]].map { $0.map(\.bitPattern) })
    }
  }

  @Test(arguments: spellings)
  func `a corner is written as short as it can be`(_ spelling: (text: String, again: String))
    async throws
  {
    guard let annotation = try await read("[[\(spelling.text),4.50],[]]") else {
      throw Missing.polygons
    }
    var output = JSONOutput()
    output.append(annotation)
    #expect(output.text.hasSuffix("\"segmentation\":[[\(spelling.again),4.5],[]]}"))
  }

  @Test func `polygons are the same however they are held`() async throws {
    let read = try await read("[[1,2.5,3.25,4,5,6],[7,8,9]]")
    let rings: [[Double]] = [[1, 2.5, 3.25, 4, 5, 6], [7, 8, 9]]
    #expect(read?.segmentation == .polygons(Polygons(rings)))
    #expect(read?.segmentation != .polygons(Polygons([rings[0]])))
    #expect(read?.segmentation != .polygons(Polygons([rings[0], [7, 8, 9.5]])))
  }

  @Test func `rings of the same corners that end elsewhere are others`() async throws {
    let first = try await read("[[1,2,3,4],[5,6]]")
    let second = try await read("[[1,2],[3,4,5,6]]")
    #expect(first?.segmentation != second?.segmentation)
  }

  @Test func `hundredths reach as far as their corners`() async throws {
    let polygons = try polygons(try await read("[[1.5,2,-3,4],[5,6.25]]"))
    #expect(polygons.extent == Box(x0: -3, y0: 2, x1: 5, y1: 6.25))
    #expect(polygons.isFinite)
  }

  /// Rings of hundredths that fit into half a word each, just fit, and do not; with odd rings.
  static let reaches: [[[Double]]] = [
    [[0, 0, 655.35, 0, 655.35, 655.35]],
    [[0, 0, 655.36, 0, 655.36, 655.35]],
    [[-300.25, 10, 355.1, 10, 355.1, 665.35, -300.25, 665.35]],
    [[-300.25, 10, 355.11, 10, 355.11, 665.35, -300.25, 665.35]],
    [[4000.5, 3000.25, 4655.85, 3000.25, 4655.85, 3655.6]],
    [[0, 0, 9, 0, 9, 9], [999_999, 5, 999_990, 5, 999_990, 9]],
    [[1, 2, 3], [400.5, 100.25, 7, 8, 9], [], [5]],
    [(0..<75).map { Double($0) * 8.75 }],
    [(0..<76).map { Double($0 % 2 == 0 ? $0 : 1000 - $0) + 0.25 }],
    [[], []],
  ]

  @Test(arguments: reaches)
  func `corners are kept, however far apart they are`(_ rings: [[Double]]) async throws {
    let text = rings.map { ring in
      "[\(ring.map { JSONNumber.text($0) }.joined(separator: ","))]"
    }
    let segmentation = "[\(text.joined(separator: ","))]"
    guard let annotation = try await read(segmentation) else { throw Missing.polygons }
    #expect(try polygons(annotation).rings == rings)
    #expect(annotation.segmentation == .polygons(Polygons(rings)))
    var output = JSONOutput()
    output.append(annotation)
    #expect(output.text.hasSuffix("\"segmentation\":\(segmentation)}"))
  }

  private enum JSONNumber {
    static func text(_ number: Double) -> String {
      var output = JSONOutput()
      output.append(number)
      return output.text
    }
  }
}
