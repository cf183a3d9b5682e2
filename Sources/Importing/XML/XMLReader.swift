internal import CExpat

/// Reads XML files one after the other with expat. One task's own.
///
/// Document types are refused: annotations need none, and their entities can be bombs.
final class XMLReader {
  let document = XMLDocument()
  private let parser: XML_Parser
  private static let hashSalt = UInt.random(in: 1...UInt.max)
  private let deepest = 200

  init() {
    guard let parser = XML_ParserCreate(nil) else {
      fatalError("not enough memory for an XML parser")
    }
    self.parser = parser
  }

  deinit {
    XML_ParserFree(parser)
  }

  /// Reads `bytes` into `document`, which holds all up to the fault where there is one.
  func read(_ bytes: [UInt8]) -> XMLDocument.Fault? {
    document.begin(bytes)
    XML_ParserReset(parser, nil)
    // Left alone, expat asks the system for random bytes for every file.
    XML_SetHashSalt(parser, Self.hashSalt)
    installHandlers()
    let status = bytes.withUnsafeBytes { raw in
      XML_Parse(
        parser, raw.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(truncatingIfNeeded: raw.count), 1)
    }
    guard status != XML_STATUS_OK else { return nil }
    let fault = fault()
    document.closeOpenElements()
    return fault
  }

  private func fault() -> XMLDocument.Fault {
    let offset = max(Int(XML_GetCurrentByteIndex(parser)), 0)
    if document.hasDocumentType {
      return .init(
        rule: "forbidden-markup", message: "document types and entities are not read",
        offset: documentType(before: offset))
    }
    let code = XML_GetErrorCode(parser)
    if document.bytes.isEmpty {
      return .init(rule: "malformed-file", message: "the file is empty", offset: 0)
    }
    let words =
      switch code {
      case XML_ERROR_NO_ELEMENTS: "the file ends early"
      case XML_ERROR_ABORTED: "elements stand more than \(deepest) deep in one another"
      default: XML_ErrorString(code).map { String(cString: $0) } ?? "not well-formed"
      }
    if code == XML_ERROR_UNKNOWN_ENCODING || code == XML_ERROR_INCORRECT_ENCODING {
      return .init(rule: "unsupported-encoding", message: words, offset: offset)
    }
    return .init(rule: "malformed-file", message: words, offset: offset)
  }

  /// Where the document type begins of which expat has come to `offset`.
  private func documentType(before offset: Int) -> Int {
    let text = EncodedText(document.bytes)
    var place = offset
    while place > text.start, !text.holds("<!DOCTYPE", at: place) { place -= text.step }
    return max(place, text.start)
  }

  private func installHandlers() {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, _ in
        guard let reader = XMLReader.from(data), let name else { return }
        reader.begin(name)
      },
      { data, _ in XMLReader.from(data)?.document.endElement() })
    XML_SetCharacterDataHandler(parser) { data, text, length in
      guard let reader = XMLReader.from(data), let text else { return }
      let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
      reader.document.add(UnsafeBufferPointer(start: bytes, count: Int(length)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let reader = XMLReader.from(data) else { return }
      reader.document.hasDocumentType = true
      XML_StopParser(reader.parser, XML_Bool(XML_FALSE))
    }
  }

  private func begin(_ name: UnsafePointer<CChar>) {
    var length = 0
    while name[length] != 0 { length += 1 }
    let bytes = UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self)
    document.beginElement(
      UnsafeBufferPointer(start: bytes, count: length),
      at: Int(XML_GetCurrentByteIndex(parser)))
    if document.depth > deepest { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
  }

  private static func from(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
    data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }
}
