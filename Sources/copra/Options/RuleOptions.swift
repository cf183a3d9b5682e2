import ArgumentParser
import COCO
import Console
import Linting

/// Which rules run, and what of their findings counts.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Apply only these rules: ids separated by commas, * for any part, as in \"*-box\".",
      valueName: "rules"))
  var select: String?

  @Option(help: ArgumentHelp("Do not apply these rules.", valueName: "rules"))
  var ignore: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Report what this consumer would crash on, drop or misread.", valueName: "consumer"))
  var consumer: ConsumerProfile?

  @Option(
    help: ArgumentHelp("Count only findings that are not in this file.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write all findings to a file for --baseline, and exit with 0.", valueName: "file"),
    completion: .file())
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp("Exit with 1 if there are more warnings than this.", valueName: "number"))
  var maxWarnings: Int?

  func validate() throws {
    if let maxWarnings, maxWarnings < 0 {
      throw ValidationError("--max-warnings takes a number of 0 or more, found \(maxWarnings)")
    }
  }

  /// Returns the rules that the options choose among those of `configuration`.
  ///
  /// - Throws: a `CommandFailure` for a name that no rule has.
  func rules(_ configuration: LintConfiguration) throws -> RuleSet {
    var rules = RuleSet()
    try configuration.apply(to: &rules)
    do throws(UnknownRule) {
      if let select { try rules.select(Self.names(select)) }
      if let ignore { try rules.ignore(Self.names(ignore)) }
      if let consumer { rules.select(consumer.kinds) }
    } catch {
      throw CommandFailure("\(error); copra rules lists them")
    }
    return rules
  }

  private static func names(_ list: String) -> [String] {
    list.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}

/// The value of `--for`.
struct ConsumerProfile: ExpressibleByArgument {
  let profile: any Profile.Type

  init?(argument: String) {
    guard let profile = Profiles.profile(named: argument) else { return nil }
    self.profile = profile
  }

  /// The kinds of faults that explain what the consumer does, and all that tell of what cannot be
  /// read, and that all boxes are read wrongly.
  var kinds: Set<FaultKind> {
    let reading = Rules.all.filter { $0 is any ReadingRule.Type }.map { $0.kind }
    return Set(
      profile.effects.flatMap(\.rules) + profile.requirements.map(\.rule) + reading
        + [.boxConvention])
  }

  var defaultValueDescription: String { profile.name }
  static var allValueStrings: [String] { Profiles.all.map { $0.name } }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
