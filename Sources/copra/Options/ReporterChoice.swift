import ArgumentParser
import Reporting

/// The value of a `--format` that chooses a reporter by its name.
struct ReporterChoice<List: ReporterList>: ExpressibleByArgument, Sendable {
  /// The first of the list.
  static var standard: ReporterChoice { ReporterChoice(reporter: List.all[0]) }

  let reporter: List.Reporter

  private init(reporter: List.Reporter) {
    self.reporter = reporter
  }

  init?(argument: String) {
    guard let reporter = List.all.first(where: { List.name(of: $0) == argument }) else {
      return nil
    }
    self.reporter = reporter
  }

  var defaultValueDescription: String { List.name(of: reporter) }
  static var allValueStrings: [String] { List.all.map(List.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
