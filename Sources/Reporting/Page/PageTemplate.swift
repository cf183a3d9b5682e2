/// A page's markup, in which values stand by their names.
struct PageTemplate: Sendable {
  /// The page of every report: the files of `Resources/`, which stand in the program.
  static let page = PageTemplate(
    resource: PackageResources.page_mustache,
    parts: [
      "style": PackageResources.page_css, "script": PackageResources.page_js,
      "statistics": PackageResources.statistics_mustache,
      "findings": PackageResources.findings_mustache, "card": PackageResources.card_mustache,
      "evaluation": PackageResources.evaluation_mustache,
      "columns": PackageResources.columns_mustache, "ranked": PackageResources.ranked_mustache,
      "strip": PackageResources.strip_mustache, "heat": PackageResources.heat_mustache,
      "table": PackageResources.table_mustache,
    ])

  private let pieces: [TemplatePiece]
  private let parts: [String: [TemplatePiece]]

  /// Reads a template and the named ones that it includes.
  ///
  /// - Throws: a `TemplateError` for one that is malformed or includes what is not there.
  init(_ template: String, parts: [String: String] = [:]) throws(TemplateError) {
    pieces = try TemplatePiece.pieces(of: template)
    var read: [String: [TemplatePiece]] = [:]
    for (name, part) in parts { read[name] = try TemplatePiece.pieces(of: part) }
    self.parts = read
    let included = ([pieces] + read.values).map(TemplatePiece.parts).joined()
    if let missing = Set(included).subtracting(parts.keys).min() {
      throw TemplateError("{{>\(missing)}} includes nothing")
    }
  }

  /// Parses the templates; traps if they are not well formed, which a test of the page would show.
  private init(resource template: [UInt8], parts: [String: [UInt8]]) {
    do {
      try self.init(
        String(decoding: template, as: UTF8.self),
        parts: parts.mapValues { String(decoding: $0, as: UTF8.self) })
    } catch {
      fatalError("a page's template is malformed: \(error)")
    }
  }

  /// Returns the markup with the stored properties of `page`, and theirs, in their places. A name
  /// that no surrounding value has leaves its place empty.
  func render(_ page: Any) -> String {
    var rendering = Rendering(parts: parts, values: [TemplateValue(page)])
    rendering.add(pieces)
    return rendering.output
  }
}

/// A page in the making.
private struct Rendering {
  let parts: [String: [TemplatePiece]]
  /// The values around the current place, the nearest one last.
  var values: [TemplateValue]
  var output = ""

  mutating func add(_ pieces: [TemplatePiece]) {
    for piece in pieces {
      switch piece {
      case .text(let text): output += text
      case .value(let path, let isMarkup): add(value(at: path), isMarkup: isMarkup)
      case .section(let path, let inner): add(inner, for: value(at: path))
      case .part(let name): add(parts[name] ?? [])
      }
    }
  }

  private mutating func add(_ value: TemplateValue, isMarkup: Bool) {
    switch value {
    case .text(let text): output += isMarkup ? text : MarkupEscaping.escape(text)
    case .flag(let flag): output += String(flag)
    case .nothing, .list, .object: break
    }
  }

  private mutating func add(_ pieces: [TemplatePiece], for value: TemplateValue) {
    switch value {
    case .nothing, .flag(false): break
    case .flag(true): add(pieces)
    case .list(let elements): for element in elements { add(pieces, within: element) }
    case .text, .object: add(pieces, within: value)
    }
  }

  private mutating func add(_ pieces: [TemplatePiece], within value: TemplateValue) {
    values.append(value)
    add(pieces)
    values.removeLast()
  }

  /// Returns what the nearest value that knows the first name has under all of them.
  private func value(at path: [String]) -> TemplateValue {
    guard let name = path.first else { return values.last ?? .nothing }
    let found = values.lazy.reversed().compactMap { $0[name] }.first ?? .nothing
    return path.dropFirst().reduce(found) { $0[$1] ?? .nothing }
  }
}
