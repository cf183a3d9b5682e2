/// The account of a conversion: the records read, and their outcome.
public struct Ledger: Sendable, Equatable {
  /// The counts of records of one kind: `read = written + changed + rejected`.
  public struct Counts: Sendable, Equatable {
    /// The number of records met while reading.
    public var read: Int
    /// The number of records written unchanged.
    public var written: Int
    /// The number of records written with a change.
    public var changed: Int
    /// The number of records left out for a reported reason.
    public var rejected: Int

    /// Creates counts.
    public init(read: Int = 0, written: Int = 0, changed: Int = 0, rejected: Int = 0) {
      self.read = read
      self.written = written
      self.changed = changed
      self.rejected = rejected
    }

    /// Whether every record read was written, changed or rejected.
    public var addsUp: Bool { read == written + changed + rejected }

    /// Returns the sum of two counts, number by number.
    public static func + (left: Counts, right: Counts) -> Counts {
      Counts(
        read: left.read + right.read, written: left.written + right.written,
        changed: left.changed + right.changed, rejected: left.rejected + right.rejected)
    }
  }

  /// The counts of a split or an output file.
  public struct Row: Sendable, Equatable {
    /// The name of the split or file.
    public var name: String
    /// The counts of images.
    public var images: Counts
    /// The counts of annotations.
    public var annotations: Counts

    /// Creates a row.
    public init(_ name: String, images: Counts, annotations: Counts) {
      self.name = name
      self.images = images
      self.annotations = annotations
    }
  }

  /// A kind of change, with the number of records changed.
  public struct Change: Sendable, Equatable {
    /// The change as a phrase, for example `corners put in order`.
    public var reason: String
    /// The number of images changed.
    public var images: Int
    /// The number of annotations changed.
    public var annotations: Int

    /// Creates a kind of change.
    public init(_ reason: String, images: Int = 0, annotations: Int = 0) {
      self.reason = reason
      self.images = images
      self.annotations = annotations
    }
  }

  /// The rows, one for each split or output file.
  public var rows: [Row]
  /// The changes, the most frequent first, then by reason.
  public let changes: [Change]

  /// Creates an account; the changes are sorted.
  public init(rows: [Row], changes: [Change] = []) {
    self.rows = rows
    self.changes = changes.sorted { left, right in
      let (first, second) = (left.images + left.annotations, right.images + right.annotations)
      return first == second ? left.reason < right.reason : first > second
    }
  }

  /// The sum of all rows.
  public var total: Row {
    Row(
      "total", images: rows.reduce(Counts()) { $0 + $1.images },
      annotations: rows.reduce(Counts()) { $0 + $1.annotations })
  }

  /// Whether the counts of every row add up, for images and for annotations.
  public var addsUp: Bool {
    rows.allSatisfy { $0.images.addsUp && $0.annotations.addsUp }
  }
}
