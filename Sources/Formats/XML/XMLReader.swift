internal import CExpat
import COCO

/// A reader of XML files one after the other, with expat for those that are not plain. Each task
/// needs its own.
///
/// Document types are refused: annotations need none, and their entities can be bombs.
final class XMLReader {
  let document: XMLDocument
  private let parser: XML_Parser
  private static let hashSalt = UInt.random(in: 1...UInt.max)
  private static let deepest = 200
  /// Whether expat reads all files, plain ones too, as the tests of the scanner ask.
  private let usesExpatAlone: Bool

  init(usesExpatAlone: Bool = false) {
    self.usesExpatAlone = usesExpatAlone
    guard let parser = XML_ParserCreate(nil) else {
      fatalError("not enough memory for an XML parser")
    }
    self.parser = parser
    document = XMLDocument(parser: parser)
  }

  deinit {
    XML_ParserFree(parser)
  }

  /// Reads `bytes` into `document`, which holds everything up to the fault if there is one, and
  /// refers to the bytes, which must outlive it.
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> XMLFault? {
    document.begin(bytes)
    if !usesExpatAlone {
      if PlainXMLScanner.read(bytes, into: &document.content.pointee, deepest: Self.deepest) {
        return nil
      }
      document.begin(bytes)
    }
    XML_ParserReset(parser, nil)
    // Left alone, expat asks the system for random bytes for every file.
    XML_SetHashSalt(parser, Self.hashSalt)
    installHandlers()
    let text = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
    let status = XML_Parse(parser, text, Int32(truncatingIfNeeded: bytes.count), 1)
    guard status != XML_STATUS_OK else { return nil }
    let fault = fault()
    document.closeOpenElements()
    return fault
  }

  /// Reads a copy of `bytes` that lasts as long as the document.
  func read(_ bytes: [UInt8]) -> XMLFault? {
    read(document.copy(of: bytes))
  }

  private func fault() -> XMLFault {
    let offset = max(Int(XML_GetCurrentByteIndex(parser)), 0)
    if document.hasDocumentType {
      return .init(
        kind: .forbiddenMarkup, message: "document types and entities are not read",
        offset: documentType(before: offset))
    }
    let code = XML_GetErrorCode(parser)
    if document.bytes.isEmpty {
      return .init(kind: .malformedFile, message: "the file is empty", offset: 0)
    }
    let words =
      switch code {
      case XML_ERROR_NO_ELEMENTS: "the file ends early"
      case XML_ERROR_ABORTED: "elements are nested more than \(Self.deepest) deep"
      default: XML_ErrorString(code).map { String(cString: $0) } ?? "not well-formed"
      }
    if code == XML_ERROR_UNKNOWN_ENCODING || code == XML_ERROR_INCORRECT_ENCODING {
      return .init(kind: .unsupportedEncoding, message: words, offset: offset)
    }
    return .init(kind: .malformedFile, message: words, offset: offset)
  }

  /// Returns the start of the document type that expat has read up to `offset`.
  private func documentType(before offset: Int) -> Int {
    let text = EncodedText(Array(document.bytes))
    var place = offset
    while place > text.start, !text.holds("<!DOCTYPE", at: place) { place -= text.step }
    return max(place, text.start)
  }

  private func installHandlers() {
    XML_SetUserData(parser, document.content)
    XML_SetElementHandler(
      parser,
      { data, name, _ in
        guard let content = XMLReader.content(data), let name else { return }
        XMLReader.begin(name, in: content)
      },
      { data, _ in XMLReader.content(data)?.pointee.endElement() })
    XML_SetCharacterDataHandler(parser) { data, text, length in
      guard let content = XMLReader.content(data), let text else { return }
      let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
      content.pointee.add(UnsafeBufferPointer(start: bytes, count: Int(length)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let content = XMLReader.content(data) else { return }
      content.pointee.hasDocumentType = true
      XML_StopParser(content.pointee.parser, XML_Bool(XML_FALSE))
    }
  }

  private static func begin(
    _ name: UnsafePointer<CChar>, in content: UnsafeMutablePointer<XMLContent>
  ) {
    var length = 0
    while name[length] != 0 { length += 1 }
    let bytes = UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self)
    let parser = content.pointee.parser
    content.pointee.beginElement(
      UnsafeBufferPointer(start: bytes, count: length), at: Int(XML_GetCurrentByteIndex(parser)))
    if content.pointee.depth > deepest { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
  }

  private static func content(
    _ data: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<XMLContent>? {
    data?.assumingMemoryBound(to: XMLContent.self)
  }
}

/// The reason why a file could not be read to its end.
struct XMLFault: Error {
  var kind: FaultKind
  var message: String
  var offset: Int
}
