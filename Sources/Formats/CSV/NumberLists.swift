/// Lists of numbers as programs print them into a field: `[834.0, 222.0, 56.0, 36.0]`,
/// `[[1, 2], [3, 4]]`, `(1 2 3 4)`, `1 2 3 4`.
struct NumberLists {
  /// The innermost lists.
  private(set) var lists: [[Double]] = []

  /// nil where anything but numbers, brackets, commas, quotes and blanks stands there.
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
