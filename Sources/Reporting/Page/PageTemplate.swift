import Mustache

/// A page's markup with the parts that all pages share.
struct PageTemplate {
  /// How every page begins, up to its style sheet, which is left open; includes the part `style`.
  static let start = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>
    {{>style}}

    """#

  private let template: MustacheTemplate
  private let library: MustacheLibrary

  /// `markup` is Mustache; `parts` are named pieces that it includes. Traps where they are not
  /// well formed, which a test of each page would show.
  init(_ markup: String, parts: [String: String] = [:]) {
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

  private static func compile(_ markup: String) throws -> MustacheTemplate {
    try MustacheTemplate(string: "{{% CONTENT_TYPE:\(ScalarEscaping.name)}}" + markup)
  }
}

/// Escapes text for HTML, also between quotes.
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
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
