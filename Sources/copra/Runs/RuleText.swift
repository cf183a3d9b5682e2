import COCO
import Console
import Linting
import Reporting
import YAML

/// A rule in words, from its own examples.
struct RuleText {
  private let rule: any Rule

  /// Options are those that `rule` has.
  init(_ rule: any Rule) {
    self.rule = rule
  }

  /// What lists, reports and `--format sarif` need; the examples are left out.
  var description: RuleDescription { RuleDescription(rule) }

  /// All that there is to be said. Throws where an example cannot be judged.
  func explanation() async throws -> RuleDescription {
    var description = description
    description.options = try Self.options(of: rule)
    if let reading = type(of: rule) as? any ReadingRule.Type {
      description.examples = reading.files.map { Self.example($0, of: description) }
    }
    if let writing = type(of: rule) as? any WritingRule.Type {
      description.examples = writing.outputs.map { output in
        RuleDescription.Example(
          output.title, text: text([output.dataset], []) + "\n--to \(output.format)",
          findings: Self.findings(output.isFlagged, of: description))
      }
    }
    if let evaluation = type(of: rule) as? any EvaluationRule.Type {
      description.examples = evaluation.results.map { example in
        RuleDescription.Example(
          example.title,
          text: "truth.json:\n\(Self.withoutLineEnd(example.truth))\n"
            + "results.json:\n\(Self.withoutLineEnd(example.results))",
          findings: Self.findings(example.isFlagged, of: description))
      }
    }
    if let engine = type(of: rule) as? any EngineRule.Type {
      description.examples = engine.targets.map { target in
        RuleDescription.Example(
          target.title, text: target.text,
          findings: Self.findings(target.isFlagged, of: description))
      }
    }
    for example in type(of: rule).examples {
      description.examples.append(try await self.example(example))
    }
    return description
  }

  /// The options of a rule by the names that they have in `copra.yaml`.
  private static func options(of rule: some Rule) throws -> [RuleDescription.Option] {
    let values = try Node(encoding: rule).mapping ?? .init()
    return values.map { key, value in
      let name = KeySpelling.kebabCase.spell(key.string ?? "")
      return RuleDescription.Option(name, defaultValue: value.string ?? "")
    }
  }

  private static func example(
    _ files: FileExample, of rule: RuleDescription
  ) -> RuleDescription.Example {
    let text = files.files.map { "\($0.path):\(words(for: $0.content))" }
    return RuleDescription.Example(
      files.title, text: text.joined(separator: "\n"),
      findings: findings(files.isFlagged, of: rule),
      fixed: files.fixed.map(withoutLineEnd))
  }

  private static func findings(_ isFlagged: Bool, of rule: RuleDescription) -> [String] {
    isFlagged ? ["\(rule.severity.rawValue) [\(rule.id)]"] : []
  }

  private static func withoutLineEnd(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  private static func words(for content: ExampleFile.Content) -> String {
    switch content {
    case .text(let text): text.isEmpty ? " (empty)" : "\n" + withoutLineEnd(text)
    case .bytes(let bytes): " (\(bytes.count) bytes that are not UTF-8)"
    case .picture: " (an image of 64×48)"
    case .brokenLink: " (a link to nothing)"
    case .lockedFolder: " (a folder that cannot be listed)"
    }
  }

  private func example(_ example: Example) async throws -> RuleDescription.Example {
    let findings = try await Linter([rule]).lint(example.subject)
    return RuleDescription.Example(
      example.title, text: text(example.subject.datasets, example.subject.pictures),
      findings: findings.map { "\($0.severity.rawValue): \($0.message)" },
      fixed: example.fixed.map { text($0, []) })
  }

  /// The records, a line each, with what is known of the pictures.
  private func text(_ datasets: [Dataset], _ pictures: [[PictureFacts?]]) -> String {
    datasets.enumerated().flatMap { index, dataset in
      let known = pictures.isEmpty ? [] : pictures[index]
      return (datasets.count > 1 ? ["split \(dataset.split ?? "\(index + 1)"):"] : [])
        + records(of: dataset) + Self.cut(known.compactMap { $0.map(Self.picture) })
    }.joined(separator: "\n")
  }

  /// The records, a line each; for a rule of annotations those alone.
  private func records(of dataset: Dataset) -> [String] {
    let annotations = dataset.annotations.map { annotation in
      Self.line { $0.append(annotation) }
    }
    if rule is any AnnotationRule, !annotations.isEmpty { return Self.cut(annotations) }
    let images = dataset.images.map { image in Self.line { $0.append(image) } }
    let categories = dataset.categories.map { category in Self.line { $0.append(category) } }
    return Self.cut(images) + Self.cut(annotations) + Self.cut(categories)
  }

  /// The first few of many lines that are much alike.
  private static func cut(_ lines: [String]) -> [String] {
    let most = 6
    return lines.count <= most + 1
      ? lines : lines.prefix(most) + ["… \(lines.count - most) more"]
  }

  private static func line(_ write: (inout JSONOutput) -> Void) -> String {
    var output = JSONOutput()
    write(&output)
    return output.text
  }

  private static func picture(_ picture: PictureFacts) -> String {
    var words = ["\(picture.storedWidth)×\(picture.storedHeight)"]
    if picture.orientation != 1 { words.append("EXIF orientation \(picture.orientation)") }
    if let samples = picture.samples { words.append(samples) }
    return "the file \(picture.path): \(words.joined(separator: ", "))"
  }
}
