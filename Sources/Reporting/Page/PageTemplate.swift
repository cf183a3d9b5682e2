import Mustache

/// The markup of a page with the parts that it includes: the files of `Resources/`, which stand in
/// the program.
struct PageTemplate {
  /// The page of every report.
  static let page = PageTemplate(
    PackageResources.page_mustache,
    parts: [
      "style": PackageResources.page_css, "script": PackageResources.page_js,
      "statistics": PackageResources.statistics_mustache,
      "findings": PackageResources.findings_mustache, "card": PackageResources.card_mustache,
      "evaluation": PackageResources.evaluation_mustache,
      "columns": PackageResources.columns_mustache, "ranked": PackageResources.ranked_mustache,
      "strip": PackageResources.strip_mustache, "heat": PackageResources.heat_mustache,
      "table": PackageResources.table_mustache,
    ])

  private let template: MustacheTemplate
  private let library: MustacheLibrary

  /// `markup` is Mustache; `parts` are named pieces that it includes. Traps where they are not
  /// well formed, which a test of the page would show.
  private init(_ markup: [UInt8], parts: [String: [UInt8]]) {
    MustacheContentTypes.register(ScalarEscaping(), named: ScalarEscaping.name)
    do {
      template = try Self.compile(markup)
      library = MustacheLibrary(templates: try parts.mapValues(Self.compile))
    } catch {
      fatalError("a page's template is malformed: \(error)")
    }
  }

  func render(_ page: Any) -> String {
    template.render(page, library: library)
  }

  private static func compile(_ markup: [UInt8]) throws -> MustacheTemplate {
    let text = String(decoding: markup, as: UTF8.self)
    return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(ScalarEscaping.name)}}" + text)
  }
}

/// Escapes text for HTML, also between quotes; a control character, which HTML has no place for, becomes
/// the mark of one that cannot be shown.
///
/// Mustache's own escaping looks at whole characters, so that a quote with a combining accent gets
/// through; browsers look at scalars.
struct ScalarEscaping: MustacheContentType {
  static let name = "SCALARS"

  func escapeText(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\0"..<"\t", "\u{B}"..<" ", "\u{7F}"..<"\u{A0}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
