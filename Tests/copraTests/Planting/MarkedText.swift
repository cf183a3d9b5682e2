/// Text with marks where findings are due: `«inverted-box|annotations[3].bbox»[30, 8, -9, 9]`.
///
/// A mark names the rule and, behind `|`, what the format calls the place; it stands right before
/// the character that the finding points at, and is taken out of the file.
struct MarkedText {
  private(set) var text = ""
  private(set) var marks: [Mark] = []

  struct Mark: Hashable {
    var rule: String
    /// nil where nothing is claimed of it.
    var path: String?
    var line: Int
    var column: Int
  }

  /// `lineEnd` is written for every line feed.
  init(_ marked: String, lineEnd: String = "\n") {
    var (line, column) = (1, 1)
    var name: String?
    for character in marked {
      switch (character, name) {
      case ("«", _): name = ""
      case ("»", let found?):
        let parts = found.split(separator: "|", maxSplits: 1).map(String.init)
        marks.append(
          Mark(
            rule: parts[0], path: parts.count > 1 ? parts[1] : nil, line: line, column: column))
        name = nil
      case (_, let found?): name = found + String(character)
      case ("\n", nil):
        text += lineEnd
        (line, column) = (line + 1, 1)
      default:
        text.append(character)
        column += character.unicodeScalars.count
      }
    }
  }
}
