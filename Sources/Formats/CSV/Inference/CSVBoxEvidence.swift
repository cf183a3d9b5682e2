/// The evidence of four columns for their meaning: corners, or a corner or centre with an extent.
struct CSVBoxEvidence {
  /// A way in which four numbers in a row can be meant.
  enum Order: CaseIterable {
    /// Left, top, right, bottom; and left, right, top, bottom.
    case corners, sides
    case extent, centre
  }

  /// The number of rows with four numbers.
  private(set) var boxes = 0
  /// Whether all numbers are parts of the image's size.
  private(set) var isUnit = true
  private var fitting: [Order: Int] = [:]
  /// The numbers of the columns that hold one throughout, by their places.
  private var constants: [Int: Double] = [:]
  /// The number of rows from which on a constant number is no coincidence.
  private static let rowsThatDiffer = 3

  /// Collects the evidence.
  ///
  /// - Parameter size: Returns the size of a row's image, if it is known.
  init(_ columns: Range<Int>, of sample: CSVSample, size: (Int) -> (width: Double, height: Double)?)
  {
    var first: [Double] = []
    var varying: Set<Int> = []
    for row in sample.rows.indices {
      let values = columns.compactMap { sample.number(row, $0) }
      guard values.count == 4, values.allSatisfy(\.isFinite) else { continue }
      boxes += 1
      if first.isEmpty { first = values }
      varying.formUnion(values.indices.filter { values[$0] != first[$0] })
      isUnit = isUnit && values.allSatisfy { (-0.01...1.01).contains($0) }
      let known = size(row)
      for order in Order.allCases where Self.fits(values, order, known) {
        fitting[order, default: 0] += 1
      }
    }
    for (place, value) in first.enumerated() where !varying.contains(place) {
      constants[place] = value
    }
  }

  /// Whether the numbers give no position: they are the same in all rows but one, or the number of
  /// an image's channels stands where a width or a height would.
  var areOfPictures: Bool {
    let areChannels = [2, 3].contains { constants[$0].map { [1, 3, 4].contains($0) } ?? false }
    return boxes >= Self.rowsThatDiffer && (constants.count > 2 || areChannels)
  }

  private static func fits(
    _ values: [Double], _ order: Order, _ size: (width: Double, height: Double)?
  ) -> Bool {
    let (a, b, c, d) = (values[0], values[1], values[2], values[3])
    let (x0, y0, x1, y1) =
      switch order {
      case .corners: (a, b, c, d)
      case .sides: (a, c, b, d)
      case .extent: (a, b, a + c, b + d)
      case .centre: (a - c / 2, b - d / 2, a + c / 2, b + d / 2)
      }
    guard x1 > x0, y1 > y0 else { return false }
    guard let size else { return order != .centre }
    // Boxes reach a little past the edge here and there.
    let (x, y) = (size.width * 0.01, size.height * 0.01)
    return x0 >= -x && y0 >= -y && x1 <= size.width + x && y1 <= size.height + y
  }

  /// Returns whether nearly all rows agree with an order.
  func allows(_ order: Order) -> Bool {
    boxes > 0 && !areOfPictures && (fitting[order] ?? 0) * 10 >= boxes * 9
  }

  /// Returns whether too many rows contradict an order for it to be a slip of single ones.
  func refuses(_ order: Order) -> Bool {
    (fitting[order] ?? 0) * 10 < boxes * 9
  }

  /// Returns the one order that the numbers prove, with the reason; nil if several remain.
  ///
  /// Corners are in order in every row. Widths and heights mostly are not beyond their own corner
  /// in some, and if they are, corners read from them reach out of the images.
  func proven() -> (order: Order, reason: String)? {
    let rows = boxes == 1 ? "the one row" : "\(boxes) rows"
    let outside = "as width and height the last two would leave \(boxes - (fitting[.extent] ?? 0)) "
    if allows(.corners), refuses(.extent) {
      return (.corners, outside + "of \(boxes) images")
    }
    if allows(.sides), !allows(.corners), refuses(.extent) {
      return (.sides, "the second is above the first and the fourth above the third in \(rows)")
    }
    if allows(.extent), (fitting[.corners] ?? 0) * 10 < boxes * 8, !isUnit || refuses(.centre) {
      let inverted = boxes - (fitting[.corners] ?? 0)
      return (.extent, "as corners \(inverted) of \(boxes) boxes would end before they begin")
    }
    if allows(.centre), refuses(.extent), refuses(.corners) {
      return (.centre, "only as centre, width and height they lie in the images in \(rows)")
    }
    return nil
  }
}
