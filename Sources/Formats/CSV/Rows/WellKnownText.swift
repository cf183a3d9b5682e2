import Files

/// Polygons in well-known text (OGC 06-103r4, 7.2): `POLYGON ((x y, …), (…))` and `MULTIPOLYGON`.
struct WellKnownText {
  /// The outer rings without their repeated last corner.
  private(set) var rings: [[Double]] = []
  /// The number of inner rings, which COCO's polygons cannot hold.
  private(set) var holes = 0

  init(_ text: String) throws(WellKnownTextFault) {
    var text = Substring(text)
    if text.uppercased().hasPrefix("SRID="), let semicolon = text.firstIndex(of: ";") {
      text = text[text.index(after: semicolon)...]
    }
    let trimmed = text.drop { $0.isWhitespace }
    let keyword = trimmed.prefix { $0.isLetter }
    let body = trimmed[keyword.endIndex...]
    let isEmpty = body.uppercased().includes("EMPTY")
    switch keyword.uppercased() {
    case "POLYGON", "POLYGONZ", "POLYGONM", "POLYGONZM":
      if !isEmpty { try read(body, ringDepth: 2) }
    case "MULTIPOLYGON", "MULTIPOLYGONZ", "MULTIPOLYGONM", "MULTIPOLYGONZM":
      if !isEmpty { try read(body, ringDepth: 3) }
    default:
      throw WellKnownTextFault(message: "expected POLYGON or MULTIPOLYGON, found \"\(keyword)\"")
    }
  }

  /// Returns whether `text` begins like well-known text.
  static func isLikely(_ text: String) -> Bool {
    text.first { !$0.isWhitespace }?.isLetter == true
  }

  private mutating func read(_ body: Substring, ringDepth: Int) throws(WellKnownTextFault) {
    var depth = 0
    var ringsInPolygon = 0
    var start = body.startIndex
    for index in body.indices {
      switch body[index] {
      case "(":
        depth += 1
        if depth == ringDepth - 1 { ringsInPolygon = 0 }
        start = body.index(after: index)
      case ")":
        if depth == ringDepth {
          let ring = try Self.ring(body[start..<index])
          if ringsInPolygon == 0 { rings.append(ring) } else { holes += 1 }
          ringsInPolygon += 1
        }
        depth -= 1
      default: break
      }
      if depth < 0 || depth > ringDepth { break }
    }
    guard depth == 0, !rings.isEmpty else {
      throw WellKnownTextFault(message: "the brackets of the polygon do not match")
    }
  }

  private static func ring(_ text: Substring) throws(WellKnownTextFault) -> [Double] {
    var ring: [Double] = []
    for corner in text.split(separator: ",") {
      let words = corner.split { $0.isWhitespace }
      guard (2...4).contains(words.count) else {
        throw WellKnownTextFault(message: "expected x and y of a corner, found \"\(corner)\"")
      }
      for word in words.prefix(2) {
        let number = Array(word.utf8).withUnsafeBufferPointer { DecimalParser.parse($0) }
        guard let number else {
          throw WellKnownTextFault(message: "expected a number, found \"\(word)\"")
        }
        ring.append(number)
      }
    }
    if ring.count > 4, ring.prefix(2) == ring.suffix(2) { ring.removeLast(2) }
    guard ring.count >= 6 else {
      throw WellKnownTextFault(message: "expected at least 3 corners, found \(ring.count / 2)")
    }
    return ring
  }
}

/// The reason why the text of a shape gives no object.
struct WellKnownTextFault: Error {
  var message: String
}

/// Lists of numbers as programs print them into a field: `[834.0, 222.0, 56.0, 36.0]`,
/// `[[1, 2], [3, 4]]`, `(1 2 3 4)`, `1 2 3 4`.
struct NumberLists {
  /// The innermost lists.
  private(set) var lists: [[Double]] = []

  /// Reads lists; nil if the text holds anything but numbers, brackets, commas, quotes and blanks.
  init?(_ text: String) {
    var open: [Double] = []
    var depth = 0
    var rest = Substring(text).utf8
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"):
        close(&open)
        depth += 1
        rest.removeFirst()
      case UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"):
        close(&open)
        depth -= 1
        if depth < 0 { return nil }
        rest.removeFirst()
      case let byte where Self.isSeparator(byte):
        rest.removeFirst()
      default:
        let word = Array(rest.prefix { !Self.isSeparator($0) && !"[](){}".utf8.contains($0) })
        guard let number = word.withUnsafeBufferPointer({ DecimalParser.parse($0) }) else {
          return nil
        }
        open.append(number)
        rest.removeFirst(word.count)
      }
    }
    close(&open)
    guard depth == 0 else { return nil }
  }

  private mutating func close(_ open: inout [Double]) {
    if open.isEmpty { return }
    lists.append(open)
    open.removeAll()
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    " ,;\t\n\r'\"".utf8.contains(byte)
  }

  /// The lists as rings of corners: lists of two numbers are the corners of one ring.
  var rings: [[Double]] {
    lists.allSatisfy { $0.count == 2 } ? [lists.flatMap { $0 }] : lists
  }
}
