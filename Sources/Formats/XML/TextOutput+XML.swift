import COCO
import Files

extension TextOutput {
  /// Appends text between tags, escaped. Characters that XML 1.0 cannot hold, even escaped, become
  /// U+FFFD and are counted.
  mutating func append(xml text: String, losses: inout LossCounts) {
    append(verbatim: XMLText.escaped(text, losses: &losses))
  }
}

extension XMLText {
  static func escaped(_ text: String, losses: inout LossCounts) -> String {
    let (escaped, isWhole) = escaped(text)
    if !isWhole { losses.add(.unwritableText) }
    return escaped
  }
}

extension TextOutput {
  /// Appends a value as an element, an object as an element of elements, a list as elements of one
  /// name. Returns false if a part has no such form: lists of one or in lists, null, names that no
  /// element can have.
  mutating func append(
    element name: String, _ value: JSONValue, indent: String, losses: inout LossCounts
  ) -> Bool {
    guard XMLText.isElementName(name) else { return false }
    if case .object(let object) = value {
      return append(element: name, object, indent: indent, losses: &losses)
    }
    if case .array(let list) = value {
      return append(elements: name, list, indent: indent, losses: &losses)
    }
    guard value.isText else { return false }
    append(verbatim: indent)
    raw("<")
    append(verbatim: name)
    raw(">")
    if case .string(let text) = value {
      append(xml: text, losses: &losses)
    } else {
      append(plain: value)
    }
    appendEnd(of: name)
    return true
  }

  /// Appends a list that reads back as one.
  private mutating func append(
    elements name: String, _ list: [JSONValue], indent: String, losses: inout LossCounts
  ) -> Bool {
    let isNested = list.contains { if case .array = $0 { true } else { false } }
    guard list.count > 1, !isNested else { return false }
    var isWhole = true
    for value in list where !append(element: name, value, indent: indent, losses: &losses) {
      isWhole = false
    }
    return isWhole
  }

  /// Appends an object, but not one without members, which would be read as an empty text.
  private mutating func append(
    element name: String, _ object: JSONObject, indent: String, losses: inout LossCounts
  ) -> Bool {
    if object.isEmpty { return false }
    append(verbatim: indent)
    raw("<")
    append(verbatim: name)
    raw(">\n")
    var isWhole = true
    for member in object.members {
      let isWritten = append(
        element: member.name, member.value, indent: indent + "\t", losses: &losses)
      if !isWritten { isWhole = false }
    }
    append(verbatim: indent)
    appendEnd(of: name)
    return isWhole
  }

  private mutating func appendEnd(of name: String) {
    raw("</")
    append(verbatim: name)
    raw(">\n")
  }
}
