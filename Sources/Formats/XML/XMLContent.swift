/// The elements and texts of an XML file while it is read.
///
/// A plain value that is kept behind a pointer: expat's handlers, which run for every tag, reach it
/// there without counting references. It grows nothing while it is filled: names and texts are
/// ranges of one buffer that is made large enough beforehand, or of the file itself, so that
/// thousands of small files are read without an allocation for every element.
struct XMLContent {
  /// The expat parser that fills it.
  let parser: OpaquePointer
  /// Whether a document type begins.
  var hasDocumentType = false
  /// The number of elements that are not closed yet.
  private(set) var depth = 0
  private var elementStore = UnsafeMutableBufferPointer<XMLDocument.Element>.allocate(capacity: 0)
  private var elementCount = 0
  private var textStore = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)
  private var textCount = 0
  /// The start of the ranges of names and texts: the buffer, or the file.
  private var texts: UnsafePointer<UInt8>?
  /// The innermost element that is not closed yet; -1 if there is none.
  private(set) var current = -1

  init(parser: OpaquePointer) {
    self.parser = parser
  }

  func deallocate() {
    elementStore.deallocate()
    textStore.deallocate()
  }

  /// The elements in document order; valid until the next file.
  var elements: UnsafeBufferPointer<XMLDocument.Element> {
    UnsafeBufferPointer(rebasing: elementStore[..<elementCount])
  }

  /// Returns the bytes of a name or text, as UTF-8; valid until the next file.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: texts.map { $0 + range.lowerBound }, count: range.count)
  }

  /// Empties the content and reserves room for all that a file of `size` bytes can hold: an element
  /// takes at least four bytes, and a character of two bytes in UTF-16 at most three in UTF-8.
  mutating func begin(size: Int) {
    hasDocumentType = false
    elementCount = 0
    textCount = 0
    current = -1
    depth = 0
    if textStore.count < size * 3 {
      deallocate()
      textStore = .allocate(capacity: size * 3)
      elementStore = .allocate(capacity: size)
    }
    texts = UnsafePointer(textStore.baseAddress)
  }

  /// Makes names and texts ranges of `file`, which must not move until the next file.
  mutating func refer(to file: UnsafePointer<UInt8>) {
    texts = file
  }

  /// Begins an element whose name is copied.
  mutating func beginElement(_ name: UnsafeBufferPointer<UInt8>, at offset: Int) {
    let start = textCount
    append(name)
    beginElement(start..<textCount, at: offset, text: textCount)
  }

  /// Begins an element with the range of its name, and the start of its text.
  mutating func beginElement(_ name: Range<Int>, at offset: Int, text: Int) {
    guard elementCount < elementStore.count else { return }
    if current >= 0 { elementStore[current].text = 0..<0 }
    elementStore.initializeElement(
      at: elementCount,
      to: XMLDocument.Element(
        offset: offset, name: name, text: text..<text, end: elementCount + 1, parent: current))
    current = elementCount
    elementCount += 1
    depth += 1
  }

  /// Adds to the text of the innermost element, which is copied, unless that holds others.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard currentIsLeaf else { return }
    append(text)
    elementStore[current].text = elementStore[current].text.lowerBound..<textCount
  }

  /// Sets the place of all of the text of the innermost element, which holds no others.
  mutating func setText(_ text: Range<Int>) {
    elementStore[current].text = text
  }

  /// Whether the innermost element that is open holds no others.
  var currentIsLeaf: Bool { current >= 0 && current == elementCount - 1 }

  /// The name of the innermost element that is open, of which there must be one.
  var currentName: Range<Int> { elementStore[current].name }

  mutating func endElement() {
    guard current >= 0 else { return }
    elementStore[current].end = elementCount
    current = elementStore[current].parent
    depth -= 1
  }

  private mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
    guard let source = more.baseAddress, let target = textStore.baseAddress,
      textCount + more.count <= textStore.count
    else { return }
    (target + textCount).update(from: source, count: more.count)
    textCount += more.count
  }
}
