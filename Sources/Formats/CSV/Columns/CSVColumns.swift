/// The columns of a table by their content.
struct CSVColumns: Sendable {
  /// The meaning of a box's four numbers.
  enum Numbers: Sendable {
    /// Left, top, right, bottom.
    case corners
    /// Left, top, width, height.
    case extent
    /// The centre, width, height.
    case centre
  }

  /// The form in which the box is stored.
  enum Form: Sendable, Equatable {
    /// The box is in four columns.
    case columns(Int, Int, Int, Int)
    /// The box is in one column, `[x, y, width, height]` or a list of such.
    case list(Int)
    /// The box is in VIA's JSON: the shape's column and that of the region's attributes.
    case regions(Int, Int?)
    /// Around an outline.
    case outline(Int)
    /// Around corners, of which each has a column for x and one for y.
    case points([Int])

    /// The columns of the box.
    var columns: [Int] {
      switch self {
      case .columns(let first, let second, let third, let fourth): [first, second, third, fourth]
      case .list(let column), .outline(let column): [column]
      case .regions(let shape, let properties): [shape] + (properties.map { [$0] } ?? [])
      case .points(let columns): columns
      }
    }
  }

  /// The columns' names in the file, `column 1` … if it has no header.
  var names: [String]
  var hasHeader = true
  var numbers = Numbers.corners
  var form: Form
  var image: Int
  var label: Int?
  /// The class's number, if its name has a column too.
  var labelID: Int?
  var split: Int?
  var width: Int?
  var height: Int?
  /// An outline beside the box.
  var outline: Int?
  var crowd: Int?
  var difficult: Int?
  /// The columns that become attributes, with the attributes' names.
  var kept: [(column: Int, name: String)] = []
  /// The attribute of VIA's regions that holds the class, if the user names it.
  var classProperty: String?
  /// Whether the names alone show that this is a table of boxes.
  var isCertain = true
  /// The kind of columns as a phrase, for example `TensorFlow's columns`.
  var kind = "columns"

  var count: Int { names.count }

  /// The columns with further information on an object beside image, class, box and outline.
  var remarks: [Int] {
    [crowd, difficult].compactMap { $0 } + kept.map(\.column)
  }

  /// The properties of a sound row.
  var shape: CSVRowScanner.Shape {
    var unbroken: Set<Int> = [image]
    for column in [label, labelID, split, width, height] {
      if let column { unbroken.insert(column) }
    }
    switch form {
    case .columns, .points: unbroken.formUnion(form.columns)
    case .list, .regions, .outline: break
    }
    return CSVRowScanner.Shape(count: count, unbroken: unbroken)
  }

  static let openImages = "OpenImages' columns"

  /// Whether the columns are those of keras-retinanet's rows.
  var isRetinaNet: Bool {
    let other = Self.retinaNet
    return !hasHeader && image == other.image && form == other.form && numbers == other.numbers
      && label == other.label && count == other.count
  }

  /// The columns of keras-retinanet, which have no header.
  static let retinaNet: CSVColumns = {
    let names = ["path", "x1", "y1", "x2", "y2", "class"]
    var columns = CSVColumns(names: names, form: .columns(1, 2, 3, 4), image: 0, label: 5)
    columns.hasHeader = false
    columns.kind = "RetinaNet's rows of path,x1,y1,x2,y2,class"
    return columns
  }()
}
