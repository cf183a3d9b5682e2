/// The reporters of one subject, the usual one first.
public protocol ReporterList {
  associatedtype Reporter: Sendable
  static var all: [Reporter] { get }

  /// Returns the word that `--format` takes for the reporter.
  static func name(of reporter: Reporter) -> String
}
