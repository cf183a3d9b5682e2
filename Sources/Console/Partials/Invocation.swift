public import ArgumentParser
public import COCO
import Files

/// How a program was called, as far as the result depends on it: a parameter of partial results, from
/// which the verb can be called again where they are joined.
public struct Invocation: Sendable, Equatable {
  /// The verb and what follows it, without the inputs and without what says which part is meant and how
  /// it is worked on.
  private let arguments: [String]
  /// What is read; nil where each part has an input of its own.
  private let inputs: [String]?
  /// The path and the text of the `copra.yaml` that holds for the input; nil where there is none.
  private let configuration: [String]?

  /// Options that no result depends on; true for those that take a value.
  private static let passing = [
    "--shard": true, "--partial": true, "--threads": true, "--force": false, "--cache": true,
  ]
  /// Options by which files are written. They are for whoever joins the parts to give: a file that somebody
  /// sent must not say what is written where.
  private static let writing = [
    "-o": true, "--output": true, "--write-baseline": true, "--fix": false,
    "--unsafe-fixes": false, "--in-place": false,
  ]

  /// The call of this program.
  ///
  /// - Parameter isDivided: whether the inputs are those of all parts.
  /// - Throws: what keeps the configuration from being read.
  public init(for inputs: [String], isDivided: Bool) throws {
    var arguments = Self.without(Self.passing, Array(CommandLine.arguments.dropFirst()))
    for input in inputs { Self.remove(input, from: &arguments) }
    self.arguments = arguments
    self.inputs = isDivided ? inputs : nil
    let file = try ConfigurationFile.nearest(to: inputs[0])?.file.path
    configuration = try file.map { path in
      [path, String(decoding: try InputFile.contents(path), as: UTF8.self)]
    }
  }

  /// Returns the arguments without these options and their values.
  private static func without(
    _ options: [String: Bool], _ arguments: [String]
  ) -> [String] {
    var kept: [String] = []
    var isValue = false
    for argument in arguments {
      if isValue {
        isValue = false
      } else if let takesValue = options[argument] {
        isValue = takesValue
      } else if !options.contains(where: { $1 && argument.hasPrefix("\($0)=") }) {
        kept.append(argument)
      }
    }
    return kept
  }

  /// An option before it may have the same word as its value.
  private static func remove(_ input: String, from arguments: inout [String]) {
    let places = arguments.indices.dropFirst().filter { arguments[$0] == input }
    let free = places.first { !arguments[$0 - 1].hasPrefix("-") } ?? places.last
    if let free { arguments.remove(at: free) }
  }

  public var json: JSONObject {
    var object: JSONObject = ["arguments": .array(arguments.map { .string($0) })]
    if let inputs { object["inputs"] = .array(inputs.map { .string($0) }) }
    if let configuration { object["copra.yaml"] = .array(configuration.map { .string($0) }) }
    return object
  }

  /// Reads what `json` gives; nil for anything else.
  public init?(_ json: JSONObject) {
    guard let list = json["arguments"]?.list else { return nil }
    arguments = list.compactMap(\.string)
    inputs = json["inputs"]?.list?.compactMap(\.string)
    configuration = json["copra.yaml"]?.list?.compactMap(\.string)
    if arguments.count != list.count || configuration.map({ $0.count != 2 }) == true { return nil }
  }

  /// Returns the verb that was called, with further arguments behind its own, those left out by which files
  /// are written.
  ///
  /// - Throws: a `CommandFailure` where they are no call of a verb.
  public func verb<Root: ParsableCommand>(of root: Root.Type, _ further: [String]) throws
    -> any Verb
  {
    // Nothing is read where the verb is called again.
    let own = Self.without(Self.passing.merging(Self.writing) { $1 }, arguments)
    let arguments = own + (inputs ?? ["-"]) + further
    let parsed: any Verb
    do {
      guard let verb = try root.parseAsRoot(arguments) as? any Verb else {
        throw CommandFailure("expected a verb, found \(arguments.joined(separator: " "))")
      }
      parsed = verb
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(root.message(for: error))
    }
    guard let configuration else { return parsed }
    let file = try ConfigurationFile(configuration[0], configuration[1])
    return try Program.configured(parsed, of: root, by: file, arguments)
  }

  /// What `copra.yaml` says of rules.
  public func lintConfiguration() throws -> LintConfiguration {
    LintConfiguration(try configuration.map { try ConfigurationFile($0[0], $0[1]) })
  }
}
