import COCO

/// The spacing of a record's JSON, so that additions look like the present text.
struct JSONStyle {
  /// The text between two members: a comma and blanks, perhaps a new line.
  private let separator: [UInt8]
  /// The text between a name and its value.
  private let colon: [UInt8]
  /// The text between the elements of a list.
  private let comma: String

  init(of layout: JSONRecordLayout, in text: UnsafeBufferPointer<UInt8>) {
    let members = layout.members
    colon =
      members.last.map { Array(text[$0.name.upperBound..<$0.value.lowerBound]) }
      ?? [UInt8(ascii: ":")]
    let isSpaced = colon.contains(where: EncodedText.isBlank)
    if members.count > 1 {
      let (first, second) = (members[members.count - 2], members[members.count - 1])
      separator = Array(text[first.value.upperBound..<second.name.lowerBound])
    } else if let only = members.first {
      let lead = text[layout.range.lowerBound + 1..<only.name.lowerBound]
      let isLine = lead.contains(UInt8(ascii: "\n"))
      separator = [UInt8(ascii: ",")] + (isLine ? Array(lead) : isSpaced ? [0x20] : [])
    } else {
      separator = []
    }
    comma = isSpaced || separator.contains(where: EncodedText.isBlank) ? ", " : ","
  }

  /// Returns the text that adds a member after the last one.
  func member(_ name: String, _ value: JSONValue) -> [UInt8] {
    separator + bytes(of: .string(name)) + colon + bytes(of: value)
  }

  /// Returns a value's text; whole numbers are written without a point.
  func bytes(of value: JSONValue) -> [UInt8] {
    var output = JSONOutput(capacity: 64)
    append(value, to: &output)
    return output.bytes
  }

  private func append(_ value: JSONValue, to output: inout JSONOutput) {
    switch value {
    case .number(let number): output.append(number)
    case .array(let elements):
      output.raw("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(verbatim: comma) }
        append(element, to: &output)
      }
      output.raw("]")
    case .object(let object):
      output.raw("{")
      for (index, member) in object.members.enumerated() {
        if index > 0 { output.append(verbatim: comma) }
        output.append(member.name)
        output.append(verbatim: comma == "," ? ":" : ": ")
        append(member.value, to: &output)
      }
      output.raw("}")
    default: output.append(value)
    }
  }

  /// Returns the changes that turn the value at `range` into `value`: in lists of unchanged length
  /// only the numbers that differ.
  func changes(
    of range: Range<Int>, to value: JSONValue, in text: UnsafeBufferPointer<UInt8>
  ) -> [(range: Range<Int>, bytes: [UInt8])] {
    if case .array(let elements) = value,
      let old = JSONRecordLayout.elements(of: range, in: text), old.count == elements.count
    {
      return zip(old, elements).flatMap { changes(of: $0, to: $1, in: text) }
    }
    let old = UnsafeBufferPointer(rebasing: text[range])
    if let number = value.number, DecimalParser.parse(old) == number { return [] }
    return [(range, bytes(of: value))]
  }
}

extension JSONValue {
  /// A number as far as a double holds it exactly.
  fileprivate var number: Double? {
    switch self {
    case .integer(let integer): Double(exactly: integer)
    case .number(let number): number
    default: nil
    }
  }
}
