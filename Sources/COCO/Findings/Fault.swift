/// What is wrong, before it is known where: the kind of fault, what stood there, and how it can be
/// fixed.
public struct Fault: Sendable, Equatable {
  public var kind: FaultKind
  /// How much it matters.
  public var severity: Finding.Severity
  /// Lower case, no full stop; the value that stood there and what was expected.
  public var message: String
  /// The part of the record that is to blame; nil where it is the whole record.
  public var field: RecordField?
  /// The best first.
  public var fixes: [Fix]

  /// - Parameter severity: nil for the kind's own.
  public init(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String,
    _ field: RecordField? = nil, fix: Fix? = nil
  ) {
    self.kind = kind
    self.severity = severity ?? kind.severity
    self.message = message
    self.field = field
    fixes = fix.map { [$0] } ?? []
  }
}
