/// A record that could not be taken over, with the reason and all that stood there.
public struct Rejection: Sendable, Equatable {
  /// What the record was.
  public enum Kind: String, Sendable {
    case image, annotation, category
  }

  public var kind: Kind
  public var finding: Finding
  /// The record as it stood in its source.
  public var record: String

  public init(_ kind: Kind, _ finding: Finding, record: String) {
    self.kind = kind
    self.finding = finding
    self.record = record
  }
}
