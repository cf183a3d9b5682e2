import COCO
import Files

extension TextOutput {
  /// Text between tags, escaped. What XML 1.0 cannot hold, even escaped, becomes U+FFFD and is
  /// counted.
  mutating func append(xml text: String, losses: inout Losses) {
    append(verbatim: XMLText.escaped(text, losses: &losses))
  }
}

extension XMLText {
  static func escaped(_ text: String, losses: inout Losses) -> String {
    let (escaped, isWhole) = escaped(text)
    if !isWhole { losses.add(.unwritableText) }
    return escaped
  }
}
