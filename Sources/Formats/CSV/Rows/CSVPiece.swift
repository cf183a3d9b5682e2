import COCO

/// A box as it stands in a row. Kept small, since a table may hold millions.
struct CSVRow: Sendable {
  /// The numbers as written, in the order of `CSVColumns.Numbers`.
  var first: Double
  var second: Double
  var third: Double
  var fourth: Double
  /// The start of the row in the text.
  var offset: Int
  /// The image's number in the piece, and once the pieces are joined in the table.
  var picture: Int32
  /// The class's number in the piece, and once the pieces are joined in the table.
  var label: Int32
  /// The index in the piece's `extras` of the rare values; -1 if there are none.
  var extra: Int32
}

/// The values of a row beyond image, class and box.
struct CSVRowExtra: Sendable {
  /// An annotation with the row's attributes; annotations that are copied from it share them.
  var template = Annotation(id: 0, imageID: 0, categoryID: nil)
  var isDifficult = false
  /// The outlines, in the units of the box.
  var rings: [[Double]] = []

  var isEmpty: Bool {
    !isDifficult && rings.isEmpty && template.isCrowd == 0 && !template.isChanged
      && template.attributes.isEmpty
  }
}

/// An image that rows refer to.
struct CSVPicture: Sendable {
  /// A size that rows give, with its place.
  struct Size: Sendable {
    var width: Int
    var height: Int
    var offset: Int
  }

  var name: String
  /// The split that its row names; empty if there is none.
  var split: String
  /// The start of its first row in the text.
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
  /// The name without blanks and invisible characters around it.
  var name: String
  /// The place of its first occurrence.
  var offset: Int
  /// The name as written, if it had such characters around it.
  var padded: String?
  /// The number that a column beside it gives.
  var id: Int?
}

/// Values of one kind: their number, the first of them, and its place.
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

/// The content of a part of a table.
struct CSVPiece: Sendable {
  var rows: [CSVRow] = []
  var extras: [CSVRowExtra] = []
  var pictures: [CSVPicture] = []
  var labels: [CSVLabel] = []
  var units = CSVUnitsEvidence()
  var invisible = CSVTally()
  var findings: [Finding] = []
  var rejections: [Rejection] = []
  /// The number of rows with a box or a fault.
  var annotations = 0
}
