import COCO
import Files

/// An XML file as a flat list of elements in document order, each with its place. One is used for
/// many files.
final class XMLDocument {
  struct Element {
    /// The byte offset of the element's `<`.
    let offset: Int
    let name: Range<Int>
    /// The range of the text, empty for an element that contains others.
    var text: Range<Int>
    /// The index behind the element's last descendant.
    var end: Int
    /// The index of the element that holds this one, -1 for the first.
    let parent: Int
  }

  /// The file as it stands; valid until the next one.
  private(set) var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The elements that were not closed because of the file's end or a fault.
  private(set) var cutElements: Set<Int> = []
  /// The document's own copy of the file, if it has one.
  private var copy: UnsafeMutableBufferPointer<UInt8>?
  /// The content that the parser fills.
  let content: UnsafeMutablePointer<XMLContent>

  init(parser: OpaquePointer) {
    content = .allocate(capacity: 1)
    content.initialize(to: XMLContent(parser: parser))
  }

  deinit {
    content.pointee.deallocate()
    content.deallocate()
    copy?.deallocate()
  }

  /// The elements in document order; valid until the next file.
  var elements: UnsafeBufferPointer<Element> { content.pointee.elements }

  var hasDocumentType: Bool { content.pointee.hasDocumentType }

  /// Returns the bytes of a name or text, as UTF-8; valid until the next file.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { content.pointee.bytes(range) }

  /// Empties the document for a file of these bytes, which the caller keeps.
  func begin(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if !cutElements.isEmpty { cutElements = [] }
    content.pointee.begin(size: bytes.count)
  }

  /// Returns a copy of a file that lasts as long as the document, or until the next one is made.
  func copy(of bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
    copy?.deallocate()
    let made = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = made.initialize(from: bytes)
    copy = made
    return UnsafeBufferPointer(made)
  }

  /// Closes what a cut file left open. The elements that were open are no whole records.
  func closeOpenElements() {
    while content.pointee.current >= 0 {
      cutElements.insert(content.pointee.current)
      content.pointee.endElement()
    }
  }
}

/// The access to elements.
extension XMLDocument {
  /// Returns the indices of the elements directly within `parent`.
  func children(of parent: Int) -> [Int] {
    var children: [Int] = []
    forEachChild(of: parent) { children.append($0) }
    return children
  }

  func forEachChild(of parent: Int, _ body: (Int) -> Void) {
    let elements = elements
    var child = parent + 1
    while child < elements[parent].end {
      body(child)
      child = elements[child].end
    }
  }

  /// Returns the first element directly within `parent` that is called `name`.
  func child(_ name: StaticString, of parent: Int) -> Int? {
    let elements = elements
    var child = parent + 1
    while child < elements[parent].end {
      if isNamed(child, name) { return child }
      child = elements[child].end
    }
    return nil
  }

  /// Returns the elements directly within `parent` that are called `name` but for the first one.
  func repeated(_ name: StaticString, in parent: Int) -> [Int] {
    var met = 0
    var repeated: [Int] = []
    forEachChild(of: parent) { child in
      guard isNamed(child, name) else { return }
      met += 1
      if met > 1 { repeated.append(child) }
    }
    return repeated
  }

  func isNamed(_ element: Int, _ name: StaticString) -> Bool {
    let bytes = bytes(elements[element].name)
    guard bytes.count == name.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where bytes[index] != name.utf8Start[index] { return false }
    return true
  }

  func name(of element: Int) -> String {
    String(decoding: bytes(elements[element].name), as: UTF8.self)
  }

  /// Returns the element's text without blanks and invisible characters around it.
  func text(of element: Int) -> String {
    String(decoding: trimmedText(of: element), as: UTF8.self)
  }

  /// Returns the bytes of the element's text without blanks and invisible characters around it.
  func trimmedText(of element: Int) -> UnsafeBufferPointer<UInt8> {
    let text = bytes(elements[element].text)
    var start = 0
    var end = text.count
    while start < end, isBlank(text[start]) { start += 1 }
    while start < end, isBlank(text[end - 1]) { end -= 1 }
    let trimmed = UnsafeBufferPointer(rebasing: text[start..<end])
    // Nearly no text begins or ends so.
    guard let first = trimmed.first, let last = trimmed.last, first >= 0x80 || last >= 0x80 else {
      return trimmed
    }
    return UnsafeBufferPointer(
      rebasing: trimmed[InvisibleEnds.trimmed(0..<trimmed.count, in: trimmed)])
  }

  /// Returns whether there are blanks or invisible characters around the element's text.
  func isPadded(_ element: Int) -> Bool {
    trimmedText(of: element).count != elements[element].text.count
  }

  func hasChildren(_ element: Int) -> Bool {
    elements[element].end > element + 1
  }

  func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }
}

extension XMLDocument {
  /// Returns the file's text in `range` of its bytes; all of it without a range.
  func source(_ range: Range<Int>? = nil) -> String {
    let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
    let unit = TextUnit(bytes)
    return unit == .byte
      ? String(decoding: bytes[range], as: UTF8.self)
      : String(decoding: unit.codeUnits(of: bytes[range]), as: UTF16.self)
  }

  /// Returns the places in the file of the blanks and other invisible characters before and after
  /// an element's text; none if references or marked sections stand for them, or the element holds
  /// more than the text.
  func blanks(around element: Int) -> [Range<Int>] {
    let text = EncodedText(marked: Array(bytes))
    guard let opening = text.first(">", from: elements[element].offset),
      let end = text.first("<", from: opening), text[end + text.step] == UInt8(ascii: "/")
    else { return [] }
    let start = opening + text.step
    var trimmed = text.trimmed(start..<end)
    if text.unit == .byte {
      trimmed = InvisibleEnds.trimmed(trimmed, in: bytes)
    }
    return [start..<trimmed.lowerBound, trimmed.upperBound..<end].filter { !$0.isEmpty }
  }
}
