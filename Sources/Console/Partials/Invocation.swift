public import ArgumentParser
public import COCO
import Files

/// The invocation of a program, as far as the result depends on it: a parameter of partial results,
/// from which the verb can be called again when they are joined.
public struct Invocation: Sendable, Equatable {
  /// The verb and its arguments, without the inputs and without the options for the part and for
  /// the way it is processed.
  private let arguments: [String]
  /// The inputs; nil if each part has an input of its own.
  private let inputs: [String]?
  /// The path and the text of the `copra.yaml` for the input; nil if there is none.
  private let configuration: [String]?

  /// The options that no result depends on; true for those that take a value.
  private static let passing = [
    "--shard": true, "--partial": true, "--threads": true, "--force": false, "--cache": true,
  ]
  /// The options by which files are written. Only the user who joins the parts may give them: a
  /// file from somebody else must not decide what is written.
  private static let writing = [
    "-o": true, "--output": true, "--write-baseline": true, "--fix": false,
    "--unsafe-fixes": false, "--in-place": false,
  ]

  /// Creates the invocation of this program.
  ///
  /// - Parameter isDivided: Whether the inputs are those of all parts.
  /// - Throws: The error of a configuration that cannot be read.
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

  /// Removes an input from the arguments. The value of an option before it may be the same word.
  private static func remove(_ input: String, from arguments: inout [String]) {
    let places = arguments.indices.dropFirst().filter { arguments[$0] == input }
    let free = places.first { !arguments[$0 - 1].hasPrefix("-") } ?? places.last
    if let free { arguments.remove(at: free) }
  }

  /// The invocation as a parameter of partial results.
  public var json: JSONObject {
    var object: JSONObject = ["arguments": .array(arguments.map { .string($0) })]
    if let inputs { object["inputs"] = .array(inputs.map { .string($0) }) }
    if let configuration { object["copra.yaml"] = .array(configuration.map { .string($0) }) }
    return object
  }

  /// Reads the invocation that `json` holds; nil for anything else.
  public init?(_ json: JSONObject) {
    guard let list = json["arguments"]?.list else { return nil }
    arguments = list.compactMap(\.string)
    inputs = json["inputs"]?.list?.compactMap(\.string)
    configuration = json["copra.yaml"]?.list?.compactMap(\.string)
    if arguments.count != list.count || configuration.map({ $0.count != 2 }) == true { return nil }
  }

  /// Returns the verb that was called, with further arguments after its own and without those by
  /// which files are written.
  ///
  /// - Throws: A `CommandFailure` if they are no call of a verb.
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

  /// Returns the configuration of rules in `copra.yaml`.
  public func lintConfiguration() throws -> LintConfiguration {
    LintConfiguration(try configuration.map { try ConfigurationFile($0[0], $0[1]) })
  }
}
