/// The place of an element in its file, which `XMLDocument` does not keep.
struct XMLExtent: Equatable {
  /// The range from the `<` to the end of the closing tag.
  var range: Range<Int>
  /// The range between the tags; nil for an element that is one tag.
  var content: Range<Int>?
}

extension EncodedText {
  /// Returns the extent of the element whose `<` is at `offset`; nil if the file ends within it.
  func element(at offset: Int) -> XMLExtent? {
    guard let opening = tag(at: offset) else { return nil }
    if opening.isWhole { return XMLExtent(range: offset..<opening.end, content: nil) }
    var depth = 1
    var index = opening.end
    while index < bytes.count {
      guard self[index] == UInt8(ascii: "<") else {
        index += step
        continue
      }
      if let end = endOfMarkup(at: index) {
        index = end
        continue
      }
      guard let tag = tag(at: index) else { return nil }
      if self[index + step] == UInt8(ascii: "/") {
        depth -= 1
        if depth == 0 {
          return XMLExtent(range: offset..<tag.end, content: opening.end..<index)
        }
      } else if !tag.isWhole {
        depth += 1
      }
      index = tag.end
    }
    return nil
  }

  /// Returns the end of the tag at `offset`, and whether it is an element by itself.
  private func tag(at offset: Int) -> (end: Int, isWhole: Bool)? {
    var quote: UInt8?
    var index = offset
    while index < bytes.count {
      let byte = self[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return (index + step, self[index - step] == UInt8(ascii: "/"))
      }
      index += step
    }
    return nil
  }

  /// Returns the offset behind the comment, the character data or the instruction at `offset`; nil
  /// for a tag.
  private func endOfMarkup(at offset: Int) -> Int? {
    let kinds: [(StaticString, StaticString)] = [
      ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"),
    ]
    for (opening, closing) in kinds where holds(opening, at: offset) {
      let from = offset + opening.utf8CodeUnitCount * step
      return first(closing, from: from).map { $0 + closing.utf8CodeUnitCount * step }
        ?? bytes.count
    }
    return nil
  }

  /// Returns the element's text without the blanks around it; all of its content if that is more
  /// than text.
  func text(of extent: XMLExtent) -> Range<Int>? {
    guard let content = extent.content else { return nil }
    let trimmed = trimmed(content)
    return first("<", from: trimmed.lowerBound).map { $0 < trimmed.upperBound } == true
      ? content : trimmed
  }
}
