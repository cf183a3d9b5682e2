import COCO

/// A reporter of formats for a terminal: all of them as a table, or one with its full description.
public struct TextFormatReporter: Sendable {
  private static let width = 80

  /// Creates a reporter.
  public init() {}

  /// Returns a row for each format: name, use, content and evidence.
  public func list(_ formats: [FormatDescription]) -> String {
    var table = TextTable([.left, .left, .left, .left, .left], indentation: 0)
    table.add("format", "read", "written", "holds", "recognised by")
    for format in formats {
      table.add([format.name] + format.uses + [format.holds, plain(format.sign)])
    }
    return table.text
  }

  /// Returns the full description of one format, ending with a newline.
  public func description(of format: FormatDescription) -> String {
    var table = TextTable([.left, .left])
    table.add("reads", list(format.reads))
    table.add("writes", list(format.writes))
    table.add("recognised by", plain(format.sign))
    table.add("extensions", format.endings)
    if !format.options.isEmpty {
      table.add("options", "\(list(format.options)) (see copra convert --help)")
    }
    let variants = format.variants.split(separator: ";").map {
      "- \(plain(String($0.drop { $0 == " " })))".wrapped(to: Self.width - 2).indented(by: 2)
    }
    return "\(format.name) (\(format.title))\n\(table.text)\nVariants\n"
      + variants.joined(separator: "\n") + "\n"
  }

  private func list(_ words: [String]) -> String {
    words.isEmpty ? "–" : words.joined(separator: ", ")
  }

  private func plain(_ prose: String) -> String { prose.filter { $0 != "`" } }
}

/// A reporter that writes the tables of formats in the documentation.
public struct MarkdownFormatReporter: Sendable {
  /// Creates a reporter.
  public init() {}

  /// Returns a table of all formats, followed by a table of the variants that are read.
  public func page(_ formats: [FormatDescription]) -> String {
    var text = MarkdownText.head([
      "format", "`--from`, `--to`", "read", "written", "holds", "recognised by",
    ])
    for format in formats {
      text += MarkdownText.row(
        [format.title, MarkdownText.code(format.name)] + format.uses
          + [format.holds, MarkdownText.prose(format.sign)])
    }
    text += "\n" + MarkdownText.head(["format", "extensions", "variants", "options"])
    for format in formats {
      text += MarkdownText.row([
        MarkdownText.code(format.name), format.endings, MarkdownText.prose(format.variants),
        format.options.map(MarkdownText.code).joined(separator: ", "),
      ])
    }
    return text
  }
}

/// A reporter of formats as a JSON array with an object for each.
public struct JSONFormatReporter: Sendable {
  /// Creates a reporter.
  public init() {}

  /// Returns the array, with an object on each line, ending with a newline.
  public func list(_ formats: [FormatDescription]) -> String {
    var output = JSONOutput()
    for (index, format) in formats.enumerated() {
      output.raw(index == 0 ? "[\n" : ",\n")
      output.append(object(format))
    }
    output.raw(formats.isEmpty ? "[]\n" : "\n]\n")
    return output.text
  }

  private func object(_ format: FormatDescription) -> JSONObject {
    func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    return [
      "name": .string(format.name), "title": .string(format.title), "reads": list(format.reads),
      "writes": list(format.writes), "recognised_by": .string(format.sign),
      "extensions": list(format.extensions), "variants": .string(format.variants),
      "options": list(format.options),
    ]
  }
}
