import COCO

/// An XML file as a flat list of elements in document order, each with its place. One is used for
/// many files.
final class XMLDocument {
  struct Element {
    /// The byte offset of the element's `<`.
    let offset: Int
    let name: Range<Int>
    /// Empty for an element that holds others.
    var text: Range<Int>
    /// The index behind the element's last descendant.
    var end: Int
    /// The index of the element that holds this one, -1 for the first.
    let parent: Int
  }

  /// Why a file could not be read to its end.
  struct Fault: Error {
    var kind: FaultKind
    var message: String
    var offset: Int
  }

  /// The file as it stands; valid until the next one.
  private(set) var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// Elements that the file's end or a fault kept from being closed.
  private(set) var cutElements: Set<Int> = []
  /// Where the document has a copy of the file of its own.
  private var copy: UnsafeMutableBufferPointer<UInt8>?
  /// What the parser fills.
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

  /// The bytes of a name or text, as UTF-8; valid until the next file.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { content.pointee.bytes(range) }

  /// Empties the document for a file of these bytes, which stay the caller's.
  func begin(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if !cutElements.isEmpty { cutElements = [] }
    content.pointee.begin(size: bytes.count)
  }

  /// A copy of a file that lasts as long as the document, or until the next one is made.
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
