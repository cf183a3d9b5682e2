/// How elements are looked at.
extension XMLDocument {
  /// The indices of the elements directly within `parent`.
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

  /// The first element directly within `parent` that is called `name`.
  func child(_ name: StaticString, of parent: Int) -> Int? {
    let elements = elements
    var child = parent + 1
    while child < elements[parent].end {
      if isNamed(child, name) { return child }
      child = elements[child].end
    }
    return nil
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

  /// The element's text without blanks around it.
  func text(of element: Int) -> String {
    String(decoding: trimmedText(of: element), as: UTF8.self)
  }

  /// The bytes of the element's text without blanks around it.
  func trimmedText(of element: Int) -> UnsafeBufferPointer<UInt8> {
    let text = bytes(elements[element].text)
    var start = 0
    var end = text.count
    while start < end, isBlank(text[start]) { start += 1 }
    while start < end, isBlank(text[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }

  /// Whether there are blanks around the element's text.
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
