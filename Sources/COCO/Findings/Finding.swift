public import Files

/// An observation about the data that its owner should know about.
public struct Finding: Sendable, Equatable {
  /// The weight of a finding: information, warning or error.
  public enum Severity: String, Sendable, CaseIterable, Comparable {
    case information, warning, error

    /// Orders severities from information to error.
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

  /// The fault that the finding reports.
  public var kind: FaultKind
  /// The severity of this finding, which may differ from its kind's.
  public var severity: Severity
  /// The message, in lower case without a full stop: the value found and the value expected.
  public var message: String
  /// The place of the finding; nil if it concerns no single place.
  public var origin: Origin?
  /// The record that the finding is about; nil if it is about a file or a whole set.
  public var record: RecordReference?
  /// The part of the record that is to blame. It is used to find the exact place when `origin` is
  /// the record's; it is nil if the whole record is to blame or `origin` is already the place of
  /// the part.
  public var field: RecordField?
  /// The place in the file's own structure, for example `annotations[3].bbox` or the name of a
  /// column; nil until it has been looked up.
  public var path: String?
  /// The possible fixes, the best first.
  public var fixes: [Fix]

  /// Creates a finding.
  ///
  /// - Parameters:
  ///   - kind: The fault.
  ///   - severity: The severity; nil for the kind's own.
  ///   - message: The text for the user.
  ///   - origin: The place of the record; nil if it is in no file.
  ///   - record: The record at fault; nil for a finding about the whole file.
  ///   - field: The part of the record that is at fault.
  ///   - fixes: The fixes that are offered.
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

  /// Creates the finding of a fault at a place.
  public init(_ fault: Fault, at origin: Origin?, record: RecordReference? = nil) {
    self.init(
      fault.kind, severity: fault.severity, fault.message, at: origin, record: record,
      field: fault.field, fixes: fault.fixes)
  }

  /// The id of the kind, for example `inverted-box`.
  public var rule: String { kind.id }
}

/// A fault whose place is not known yet: its kind, the value found, and the ways to fix it.
public struct Fault: Sendable, Equatable {
  /// The kind of the fault.
  public var kind: FaultKind
  /// The severity of the fault.
  public var severity: Finding.Severity
  /// The message, in lower case without a full stop: the value found and the value expected.
  public var message: String
  /// The part of the record that is to blame; nil if the whole record is.
  public var field: RecordField?
  /// The possible fixes, the best first.
  public var fixes: [Fix]

  /// Creates a fault with at most one fix.
  ///
  /// - Parameters:
  ///   - kind: The fault.
  ///   - severity: The severity; nil for the kind's own.
  ///   - message: The text for the user.
  ///   - field: The part of the record that is at fault.
  ///   - fix: The fix that is offered; nil for none.
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
