import CYAML

/// An event of libyaml in a text.
struct Event {
  enum Kind {
    case scalar(Node.Scalar, anchor: String?)
    case alias(String)
    case sequence(anchor: String?)
    case mapping(anchor: String?)
    /// The end of a sequence or mapping.
    case end
    /// The start of the text, or the start or end of a document in it.
    case document
    case textEnd
  }

  let kind: Kind
  let mark: Mark
}

/// A reader of a text by libyaml, event by event.
final class EventReader {
  /// The parser, on the heap since libyaml keeps its address.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// Creates a reader of `text`, which holds at least one byte and outlives the reader.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    precondition(yaml_parser_initialize(parser) == 1, "out of memory")
    // A guess by the first bytes could only be wrong.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Returns the next event; after an error or the end of the text there is none.
  func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw YAMLError(parser.pointee) }
    defer { yaml_event_delete(&event) }
    return Event(kind: Event.Kind(event), mark: Mark(event.start_mark))
  }
}

extension Event.Kind {
  fileprivate init(_ event: yaml_event_t) {
    switch event.type {
    case YAML_SCALAR_EVENT:
      self = .scalar(Node.Scalar(event), anchor: Self.text(event.data.scalar.anchor))
    case YAML_ALIAS_EVENT: self = .alias(Self.text(event.data.alias.anchor) ?? "")
    case YAML_SEQUENCE_START_EVENT:
      self = .sequence(anchor: Self.text(event.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT:
      self = .mapping(anchor: Self.text(event.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: self = .end
    case YAML_STREAM_END_EVENT: self = .textEnd
    default: self = .document
    }
  }

  fileprivate static func text(_ start: UnsafePointer<UInt8>?) -> String? {
    start.map { String(cString: $0) }
  }
}

extension Node.Scalar {
  fileprivate init(_ event: yaml_event_t) {
    let scalar = event.data.scalar
    // It may hold NUL.
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    self.init(
      string: String(decoding: bytes, as: UTF8.self),
      isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
      isText: scalar.quoted_implicit == 1 || Event.Kind.text(scalar.tag) == YAML_STR_TAG)
  }
}

extension Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}

extension YAMLError {
  /// Creates the error that a parser has met.
  fileprivate init(_ parser: yaml_parser_t) {
    let problem = parser.problem.map { String(cString: $0) } ?? "cannot be read as YAML"
    guard parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR else {
      self.init(problem, at: nil)
      return
    }
    let context = parser.context.map { text in
      Context(text: String(cString: text), mark: Mark(parser.context_mark))
    }
    self.init(problem, at: Mark(parser.problem_mark), context: context)
  }
}
