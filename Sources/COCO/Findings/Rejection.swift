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
  /// Whether the record goes only because its picture does, which is reported for itself.
  public var followsPicture: Bool

  public init(_ kind: Kind, _ finding: Finding, record: String, followsPicture: Bool = false) {
    self.kind = kind
    self.finding = finding
    self.record = record
    self.followsPicture = followsPicture
  }
}
