public import Files

/// Something in the data that its owner should know of.
public struct Finding: Sendable, Equatable {
  /// How much a finding matters: information, warning, error.
  public enum Severity: String, Sendable, CaseIterable, Comparable {
    case information, warning, error

    public static func < (left: Severity, right: Severity) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .information: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  public var kind: FaultKind
  public var severity: Severity
  /// Lower case, no full stop; the value that stood there and what was expected.
  public var message: String
  /// nil where the finding is about no one place.
  public var origin: Origin?
  /// The record that the finding is about; nil where it is about a file or a whole set.
  public var record: RecordReference?
  /// The part of the record that is to blame, to be looked up where `origin` is the record's place;
  /// nil where it is the whole record, and where `origin` is already the place of the part itself.
  public var field: RecordField?
  /// The place in the file's own structure, where that has been looked up:
  /// `annotations[3].bbox`, or the name of a column.
  public var path: String?
  /// The best first.
  public var fixes: [Fix]

  /// - Parameter severity: nil for the kind's own.
  public init(
    _ kind: FaultKind, severity: Severity? = nil, _ message: String, at origin: Origin? = nil,
    record: RecordReference? = nil, field: RecordField? = nil, fixes: [Fix] = []
  ) {
    self.kind = kind
    self.severity = severity ?? kind.severity
    self.message = message
    self.origin = origin
    self.record = record
    self.field = field
    self.fixes = fixes
  }

  /// The finding of a fault that stands at a place.
  public init(_ fault: Fault, at origin: Origin?, record: RecordReference? = nil) {
    self.init(
      fault.kind, severity: fault.severity, fault.message, at: origin, record: record,
      field: fault.field, fixes: fault.fixes)
  }

  /// The id of the kind, for instance `inverted-box`.
  public var rule: String { kind.id }
}

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
