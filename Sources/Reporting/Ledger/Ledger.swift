/// The account of a conversion: what was read, and what became of it.
public struct Ledger: Sendable, Equatable {
  /// Records of one kind: `read = written + changed + rejected`.
  public struct Counts: Sendable, Equatable {
    /// Met while reading.
    public var read: Int
    /// Written as they were.
    public var written: Int
    /// Written with a change.
    public var changed: Int
    /// Left out, for a reason that was reported.
    public var rejected: Int

    public init(read: Int = 0, written: Int = 0, changed: Int = 0, rejected: Int = 0) {
      self.read = read
      self.written = written
      self.changed = changed
      self.rejected = rejected
    }

    public var addsUp: Bool { read == written + changed + rejected }

    public static func + (left: Counts, right: Counts) -> Counts {
      Counts(
        read: left.read + right.read, written: left.written + right.written,
        changed: left.changed + right.changed, rejected: left.rejected + right.rejected)
    }
  }

  /// A split or an output file.
  public struct Row: Sendable, Equatable {
    public var name: String
    public var images: Counts
    public var annotations: Counts

    public init(_ name: String, images: Counts, annotations: Counts) {
      self.name = name
      self.images = images
      self.annotations = annotations
    }
  }

  /// Something that was changed, and in how many records.
  public struct Change: Sendable, Equatable {
    /// In words, as in `corners put in order`.
    public var reason: String
    public var images: Int
    public var annotations: Int

    public init(_ reason: String, images: Int = 0, annotations: Int = 0) {
      self.reason = reason
      self.images = images
      self.annotations = annotations
    }
  }

  public var rows: [Row]
  /// The most frequent first, then by reason.
  public let changes: [Change]

  public init(rows: [Row], changes: [Change] = []) {
    self.rows = rows
    self.changes = changes.sorted { left, right in
      let (first, second) = (left.images + left.annotations, right.images + right.annotations)
      return first == second ? left.reason < right.reason : first > second
    }
  }

  /// All rows together.
  public var total: Row {
    Row(
      "total", images: rows.reduce(Counts()) { $0 + $1.images },
      annotations: rows.reduce(Counts()) { $0 + $1.annotations })
  }

  /// Whether every row does, of images and of annotations.
  public var addsUp: Bool {
    rows.allSatisfy { $0.images.addsUp && $0.annotations.addsUp }
  }
}
