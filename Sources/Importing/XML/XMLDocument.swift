/// An XML file as a flat list of elements in document order, each with its place.
///
/// Holds no strings and grows nothing while it is filled: names and text are ranges of one buffer
/// that is made large enough beforehand, so that thousands of small files are read without an
/// allocation for every element.
final class XMLDocument {
  struct Element {
    /// The byte offset of the element's `<`.
    let offset: Int
    let name: Range<Int>
    /// Empty for an element that holds others.
    fileprivate(set) var text: Range<Int>
    /// The index behind the element's last descendant.
    fileprivate(set) var end: Int
    /// The index of the element that holds this one, -1 for the first.
    let parent: Int
  }

  /// Why a file could not be read to its end.
  struct Fault: Error {
    var rule: String
    var message: String
    var offset: Int
  }

  /// The file as it stands.
  private(set) var bytes: [UInt8] = []
  /// Elements that the file's end or a fault kept from being closed.
  private(set) var cutElements: Set<Int> = []
  /// Set when a document type begins.
  var hasDocumentType = false
  /// How many elements are not closed yet.
  private(set) var depth = 0
  private var elementStore = UnsafeMutableBufferPointer<Element>.allocate(capacity: 0)
  private var elementCount = 0
  private var textStore = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)
  private var textCount = 0
  /// The innermost element that is not closed yet, -1 where there is none.
  private var current = -1

  deinit {
    elementStore.deallocate()
    textStore.deallocate()
  }

  /// The elements in document order; valid until the next file.
  var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(rebasing: elementStore[..<elementCount])
  }

  /// The bytes of a name or text, as UTF-8; valid until the next file.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: textStore[range])
  }

  /// Empties the document and makes room for all that `bytes` can hold: an element takes at least
  /// four bytes, and a character of two bytes in UTF-16 at most three in UTF-8.
  func begin(_ bytes: [UInt8]) {
    self.bytes = bytes
    cutElements = []
    hasDocumentType = false
    elementCount = 0
    textCount = 0
    current = -1
    depth = 0
    if textStore.count < bytes.count * 3 {
      textStore.deallocate()
      textStore = .allocate(capacity: bytes.count * 3)
      elementStore.deallocate()
      elementStore = .allocate(capacity: bytes.count)
    }
  }

  func beginElement(_ name: UnsafeBufferPointer<UInt8>, at offset: Int) {
    guard elementCount < elementStore.count else { return }
    if current >= 0 { elementStore[current].text = 0..<0 }
    let start = textCount
    append(name)
    elementStore.initializeElement(
      at: elementCount,
      to: Element(
        offset: offset, name: start..<textCount, text: textCount..<textCount,
        end: elementCount + 1, parent: current))
    current = elementCount
    elementCount += 1
    depth += 1
  }

  func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard current >= 0, current == elementCount - 1 else { return }
    append(text)
    elementStore[current].text = elementStore[current].text.lowerBound..<textCount
  }

  func endElement() {
    guard current >= 0 else { return }
    elementStore[current].end = elementCount
    current = elementStore[current].parent
    depth -= 1
  }

  /// Closes what a cut file left open. The elements that were open are no whole records.
  func closeOpenElements() {
    while current >= 0 {
      cutElements.insert(current)
      endElement()
    }
  }

  private func append(_ more: UnsafeBufferPointer<UInt8>) {
    guard let source = more.baseAddress, let target = textStore.baseAddress,
      textCount + more.count <= textStore.count
    else { return }
    (target + textCount).update(from: source, count: more.count)
    textCount += more.count
  }
}
