internal import CExpat

/// An XML file as a flat list of elements in document order, each with its place.
///
/// Holds no strings: names and text are ranges of one buffer, so that thousands of small files are
/// read without an allocation for every element.
final class XMLDocument {
  struct Element {
    /// The byte offset of the element's `<`.
    let offset: Int
    fileprivate(set) var name: Range<Int>
    /// Empty for an element that holds others.
    fileprivate(set) var text: Range<Int>
    /// The index behind the element's last descendant.
    fileprivate(set) var end: Int
    let depth: Int
  }

  /// Why a file could not be read to its end.
  struct Fault: Error {
    var rule: String
    var message: String
    var offset: Int
  }

  /// The file as it stands.
  fileprivate(set) var bytes: [UInt8] = []
  /// Elements that the file's end or a fault kept from being closed.
  fileprivate(set) var cutElements: Set<Int> = []
  fileprivate(set) var elements: [Element] = []
  fileprivate(set) var buffer: [UInt8] = []
  /// The indices of elements that are not closed yet.
  fileprivate var open: [Int] = []
  fileprivate(set) var hasDocumentType = false

  /// The indices of the elements directly within `parent`.
  func children(of parent: Int) -> [Int] {
    var children: [Int] = []
    forEachChild(of: parent) { children.append($0) }
    return children
  }

  func forEachChild(of parent: Int, _ body: (Int) -> Void) {
    var child = parent + 1
    while child < elements[parent].end {
      body(child)
      child = elements[child].end
    }
  }

  /// The first element directly within `parent` that is called `name`.
  func child(_ name: StaticString, of parent: Int) -> Int? {
    var child = parent + 1
    while child < elements[parent].end {
      if isNamed(child, name) { return child }
      child = elements[child].end
    }
    return nil
  }

  func isNamed(_ element: Int, _ name: StaticString) -> Bool {
    let range = elements[element].name
    guard range.count == name.utf8CodeUnitCount else { return false }
    for index in 0..<range.count where buffer[range.lowerBound + index] != name.utf8Start[index] {
      return false
    }
    return true
  }

  func name(of element: Int) -> String {
    String(decoding: buffer[elements[element].name], as: UTF8.self)
  }

  /// The element's text without blanks around it.
  func text(of element: Int) -> String {
    String(decoding: buffer[trimmedText(of: element)], as: UTF8.self)
  }

  /// The element's text as it stands.
  func wholeText(of element: Int) -> String {
    String(decoding: buffer[elements[element].text], as: UTF8.self)
  }

  func trimmedText(of element: Int) -> Range<Int> {
    var range = elements[element].text
    while let first = range.first, isBlank(buffer[first]) { range.removeFirst() }
    while let last = range.last, isBlank(buffer[last]) { range.removeLast() }
    return range
  }

  func hasChildren(_ element: Int) -> Bool {
    elements[element].end > element + 1
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  fileprivate func clear() {
    elements.removeAll(keepingCapacity: true)
    buffer.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    hasDocumentType = false
    cutElements = []
  }

  fileprivate func begin(_ name: UnsafeBufferPointer<UInt8>, at offset: Int) {
    if let parent = open.last { elements[parent].text = 0..<0 }
    let start = buffer.count
    buffer.append(contentsOf: name)
    open.append(elements.count)
    elements.append(
      Element(
        offset: offset, name: start..<buffer.count, text: buffer.count..<buffer.count,
        end: elements.count + 1, depth: open.count))
  }

  fileprivate func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard let element = open.last, elements[element].end == element + 1,
      elements.count == element + 1
    else { return }
    buffer.append(contentsOf: text)
    elements[element].text = elements[element].text.lowerBound..<buffer.count
  }

  fileprivate func endElement() {
    guard let element = open.popLast() else { return }
    elements[element].end = elements.count
  }

  /// Closes what a cut file left open. The elements that were open are no whole records.
  fileprivate func closeOpenElements() {
    cutElements = Set(open)
    while !open.isEmpty { endElement() }
  }
}

/// Reads XML files one after the other with expat. One task's own.
///
/// Document types are refused: annotations need none, and their entities can be bombs.
final class XMLReader {
  let document = XMLDocument()
  private let parser: XML_Parser
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
    document.clear()
    document.bytes = bytes
    XML_ParserReset(parser, nil)
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
        offset: offset)
    }
    let code = XML_GetErrorCode(parser)
    let words = XML_ErrorString(code).map { String(cString: $0) } ?? "not well-formed"
    if code == XML_ERROR_UNKNOWN_ENCODING || code == XML_ERROR_INCORRECT_ENCODING {
      return .init(rule: "unsupported-encoding", message: words, offset: offset)
    }
    return .init(rule: "malformed-file", message: words, offset: offset)
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
    document.begin(
      UnsafeBufferPointer(start: bytes, count: length),
      at: Int(XML_GetCurrentByteIndex(parser)))
    if document.open.count > deepest { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
  }

  private static func from(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
    data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }
}
