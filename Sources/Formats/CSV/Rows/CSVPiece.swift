import COCO

/// A box as it stands in a row. Kept small, since a table may hold millions.
struct CSVRow: Sendable {
  /// The numbers as written, in the order of `CSVColumns.Numbers`.
  var first: Double
  var second: Double
  var third: Double
  var fourth: Double
  /// Where the row begins in the text.
  var offset: Int
  /// The picture's number in the piece, and once the pieces are joined in the table.
  var picture: Int32
  /// The class's number in the piece, and once the pieces are joined in the table.
  var label: Int32
  /// The index of what few rows have in the piece's `extras`, -1 where there is nothing.
  var extra: Int32
}

/// What a row says beyond picture, class and box.
struct CSVRowExtra: Sendable {
  /// An annotation with the row's attributes; annotations that are copied from it share them.
  var template = Annotation(id: 0, imageID: 0, categoryID: nil)
  var isDifficult = false
  /// Outlines, in the units of the box.
  var rings: [[Double]] = []

  var isEmpty: Bool {
    !isDifficult && rings.isEmpty && template.isCrowd == 0 && !template.isChanged
      && template.attributes.isEmpty
  }
}

/// A picture that rows speak of.
struct CSVPicture: Sendable {
  /// A size that rows give, and where.
  struct Size: Sendable {
    var width: Int
    var height: Int
    var offset: Int
  }

  var name: String
  /// The split that its row names, empty where there is none.
  var split: String
  /// Where its first row begins in the text.
  var offset: Int
  var size: Size?
  /// The first size that differs from `size`.
  var otherSize: Size?

  /// Adds a size that another row gives.
  mutating func note(_ other: Size) {
    guard let size else {
      size = other
      return
    }
    if otherSize == nil, size.width != other.width || size.height != other.height {
      otherSize = other
    }
  }
}

/// A class that rows name.
struct CSVLabel: Sendable {
  /// Without blanks and invisible characters around it.
  var name: String
  /// Where it was first met.
  var offset: Int
  /// What stood there where it had such around it.
  var padded: String?
  /// The number that a column beside it gives.
  var id: Int?
}

/// Values of one kind: how many, the first of them, and where it stands.
struct CSVTally: Sendable {
  private(set) var count = 0
  private(set) var first = ""
  private(set) var offset = 0

  mutating func add(_ value: String, at place: Int) {
    if count == 0 { (first, offset) = (value, place) }
    count += 1
  }

  mutating func add(_ other: CSVTally) {
    if count == 0 { self = other } else { count += other.count }
  }
}

/// What stands in a part of a table.
struct CSVPiece: Sendable {
  var rows: [CSVRow] = []
  var extras: [CSVRowExtra] = []
  var pictures: [CSVPicture] = []
  var labels: [CSVLabel] = []
  var units = CSVUnitsEvidence()
  var invisible = CSVTally()
  var findings: [Finding] = []
  var rejections: [Rejection] = []
  /// Rows with a box or a fault.
  var annotations = 0
}
