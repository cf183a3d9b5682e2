/// A piece of a template: text, or a tag of [Mustache](https://mustache.github.io/mustache.5.html)
/// as far as pages need it.
///
/// A tag of a section or part that is alone on its line leaves no line behind.
enum TemplatePiece: Sendable {
  case text(String)
  /// A value, by the names that lead to it; none of them for the value at hand, `{{.}}`.
  case value([String], isMarkup: Bool)
  /// A section, which is rendered once for each element of a list, and once or not at all for any
  /// other value.
  case section([String], [TemplatePiece])
  /// Another template in its place.
  case part(String)

  /// Reads a template.
  ///
  /// - Throws: a `TemplateError` for a tag that means nothing or whose end is missing.
  static func pieces(of template: String) throws(TemplateError) -> [TemplatePiece] {
    var parser = TemplateParser(template)
    return try parser.pieces(in: nil)
  }

  /// Returns the names of the parts that occur in some pieces.
  static func parts(in pieces: [TemplatePiece]) -> Set<String> {
    pieces.reduce(into: []) { names, piece in
      switch piece {
      case .part(let name): names.insert(name)
      case .section(_, let inner): names.formUnion(parts(in: inner))
      case .text, .value: break
      }
    }
  }
}

/// An error in a template.
struct TemplateError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// A parser of a template from its first tag to its last.
private struct TemplateParser {
  private struct Tag {
    /// The sign before the name; nil for a value.
    var sign: Character?
    var name: String
  }

  private let bytes: [UInt8]
  private var place = 0

  init(_ template: String) {
    bytes = Array(template.utf8)
  }

  /// Returns the pieces up to the end of a section, or of the template if `section` is nil.
  mutating func pieces(in section: String?) throws(TemplateError) -> [TemplatePiece] {
    var pieces: [TemplatePiece] = []
    while let tag = try nextTag(after: &pieces) {
      switch tag.sign {
      case "#": pieces.append(.section(Self.path(tag.name), try self.pieces(in: tag.name)))
      case ">": pieces.append(.part(tag.name))
      case "/":
        guard tag.name == section else { throw fault("{{/\(tag.name)}} ends no section") }
        return pieces
      case let sign: pieces.append(.value(Self.path(tag.name), isMarkup: sign == "{"))
      }
    }
    guard let section else { return pieces }
    throw fault("expected {{/\(section)}}, found the end")
  }

  /// Adds the text before the next tag to `pieces` and moves past both; returns nil if only text is
  /// left.
  private mutating func nextTag(after pieces: inout [TemplatePiece]) throws(TemplateError) -> Tag? {
    guard let open = find("{{", from: place) else {
      add(place..<bytes.count, to: &pieces)
      place = bytes.count
      return nil
    }
    let start = place
    place = open
    let isMarkup = bytes[(open + 2)...].first == UInt8(ascii: "{")
    let end = isMarkup ? "}}}" : "}}"
    guard let close = find(end, from: open) else { throw fault("expected \(end), found the end") }
    let tag = try tag(in: bytes[(open + 2)..<close])
    let isLine = tag.sign.map("#/>".contains) ?? false
    let line = isLine ? line(around: open..<(close + end.utf8.count)) : nil
    add(start..<(line?.lowerBound ?? open), to: &pieces)
    place = line?.upperBound ?? close + end.utf8.count
    return tag
  }

  private func tag(in content: ArraySlice<UInt8>) throws(TemplateError) -> Tag {
    var name = String(decoding: content, as: UTF8.self)
    var sign: Character?
    if let first = name.first, "#/>{".contains(first) { sign = name.removeFirst() }
    guard name == "." || !name.isEmpty && name.utf8.allSatisfy(Self.isOfName) else {
      throw fault("expected a name, found \"\(name)\"")
    }
    return Tag(sign: sign, name: name)
  }

  /// Returns the line, with its end, that holds only a tag; nil if the tag is not alone.
  private func line(around tag: Range<Int>) -> Range<Int>? {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let start = bytes[..<tag.lowerBound].lastIndex { !isBlank($0) } ?? -1
    let end = bytes[tag.upperBound...].firstIndex { !isBlank($0) } ?? bytes.count
    let newline = UInt8(ascii: "\n")
    guard start < 0 || bytes[start] == newline, end == bytes.count || bytes[end] == newline else {
      return nil
    }
    return (start + 1)..<min(end + 1, bytes.count)
  }

  private func add(_ range: Range<Int>, to pieces: inout [TemplatePiece]) {
    guard !range.isEmpty else { return }
    pieces.append(.text(String(decoding: bytes[range], as: UTF8.self)))
  }

  private func find(_ text: String, from start: Int) -> Int? {
    (start..<bytes.count).first { bytes[$0...].starts(with: text.utf8) }
  }

  private func fault(_ words: String) -> TemplateError {
    TemplateError("line \(bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1): \(words)")
  }

  private static func path(_ name: String) -> [String] {
    name.split(separator: ".").map(String.init)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
