/// A scanner of the plain XML of nearly all annotation files, several times as fast as a full
/// parser: ASCII, tags without attributes, text without references.
///
/// It leaves anything else, well-formed or not, to expat, which alone handles all of XML and its
/// errors. Its results are those of expat, to the last place and byte.
struct PlainXMLScanner {
  private let bytes: UnsafePointer<UInt8>
  private let count: Int
  private let deepest: Int
  private var index = 0

  /// Fills `content`, which is empty, and returns true. It returns false, with `content` unusable,
  /// if the file is not plain, or elements are nested more than `deepest` deep.
  static func read(
    _ file: UnsafeBufferPointer<UInt8>, into content: inout XMLContent, deepest: Int
  ) -> Bool {
    guard let start = file.baseAddress else { return false }
    var scanner = PlainXMLScanner(bytes: start, count: file.count, deepest: deepest)
    content.refer(to: start)
    return scanner.readElement(into: &content)
  }

  private init(bytes: UnsafePointer<UInt8>, count: Int, deepest: Int) {
    self.bytes = bytes
    self.count = count
    self.deepest = deepest
  }

  /// Reads the one element that a file consists of, with all that is in it and blanks around it.
  private mutating func readElement(into content: inout XMLContent) -> Bool {
    skipBlanks()
    guard readOpening(into: &content) else { return false }
    while content.depth > 0 {
      let start = index
      guard let text = passText() else { return false }
      if index + 1 < count, bytes[index + 1] == UInt8(ascii: "/") {
        guard readClosing(of: content.currentName) else { return false }
        if content.currentIsLeaf {
          // Only a text that is kept matters, and there expat writes line ends anew.
          if text.hasReturn { return false }
          content.setText(start..<text.end)
        }
        content.endElement()
      } else if !readOpening(into: &content) {
        return false
      }
    }
    skipBlanks()
    return index == count
  }

  /// Reads `<name>` or `<name/>`.
  private mutating func readOpening(into content: inout XMLContent) -> Bool {
    let start = index
    guard start < count, bytes[start] == UInt8(ascii: "<") else { return false }
    index += 1
    guard index < count, Self.beginsName(bytes[index]) else { return false }
    repeat { index += 1 } while index < count && Self.belongsToName(bytes[index])
    let name = start + 1..<index
    guard index < count else { return false }
    if bytes[index] == UInt8(ascii: ">") {
      index += 1
      content.beginElement(name, at: start, text: index)
      return content.depth <= deepest
    }
    guard bytes[index] == UInt8(ascii: "/"), index + 1 < count,
      bytes[index + 1] == UInt8(ascii: ">")
    else { return false }
    index += 2
    content.beginElement(name, at: start, text: index)
    let isTooDeep = content.depth > deepest
    content.endElement()
    return !isTooDeep
  }

  /// Reads `</name>` with the name that stands at `name`.
  private mutating func readClosing(of name: Range<Int>) -> Bool {
    var place = index + 2
    let end = place + name.count
    guard end < count, bytes[end] == UInt8(ascii: ">") else { return false }
    for letter in name {
      guard bytes[place] == bytes[letter] else { return false }
      place += 1
    }
    index = end + 1
    return true
  }

  /// Moves to the next `<`, and returns its place and whether a carriage return is before it; nil
  /// if there is none, or something that is not plain before it.
  private mutating func passText() -> (end: Int, hasReturn: Bool)? {
    var hasReturn = false
    while index < count {
      let byte = bytes[index]
      if Self.isText(byte) {
        index += 1
      } else if byte == UInt8(ascii: "\r") {
        hasReturn = true
        index += 1
      } else {
        return byte == UInt8(ascii: "<") ? (index, hasReturn) : nil
      }
    }
    return nil
  }

  private mutating func skipBlanks() {
    while index < count, Self.isBlank(bytes[index]) { index += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  private static func beginsName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func belongsToName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: beginsName(byte)
    }
  }

  /// Returns whether the byte stands for itself in a text, wherever it stands: a `]` may begin a
  /// `]]>`, which must not be there.
  private static func isText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "]"): false
    case 0x20...0x7E, 0x0A, 0x09: true
    default: false
    }
  }
}
