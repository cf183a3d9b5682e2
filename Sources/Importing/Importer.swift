/// Reads one annotation format.
///
/// To add a format, add one file to `Importers/` and one line to `Importers.all`.
public protocol Importer: Sendable {
  /// The word that `--from` takes.
  static var name: String { get }
  /// Why `input` looks like this format, nil where it does not.
  static func evidence(in input: InputTree) -> Evidence?

  init(_ options: ImportOptions)

  /// Reads everything in the inputs. Throws only where an input cannot be opened at all; whatever
  /// is wrong with the data becomes a finding or a rejection.
  func read(_ inputs: [InputTree]) async throws -> Imported
}

/// Why an input looks like a format.
public struct Evidence: Sendable, Equatable {
  /// What was seen, as in `200 XML files, annotations/a.xml begins with <annotation>`.
  public var reason: String
  /// Whether it is enough alone; a weaker hint yields to a firm one.
  public var isFirm: Bool

  public init(_ reason: String, isFirm: Bool = true) {
    self.reason = reason
    self.isFirm = isFirm
  }
}
