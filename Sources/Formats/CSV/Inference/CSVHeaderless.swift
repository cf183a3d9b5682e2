import COCO
import Files

/// The columns of a table determined from the data alone.
///
/// Images are recognised by the endings of their names; a box by four numbers in a row, whose
/// meaning the sizes of the images and the numbers themselves prove; a class by being the only
/// remaining text.
struct CSVHeaderless {
  enum Outcome {
    /// The columns that the data prove, with the evidence.
    case proven(CSVColumns, evidence: String)
    /// The columns that remain possible, the likeliest first.
    case open([CSVColumns])
    /// No image or no box was seen.
    case unlike
  }

  /// The least number of boxes that prove something if a header has unknown names for them.
  private static let leastBelowHeader = 3

  let sample: CSVSample
  let values: [CSVColumnValues]
  private let names: [String]
  private let hasHeader: Bool
  private let pictureSize: (String) -> ImageSize?

  /// Examines the data.
  ///
  /// - Parameters:
  ///   - names: The columns' names; nil if the table has none.
  ///   - pictureSize: Returns an image's size by its name in the table.
  init(
    _ sample: CSVSample, names: [String]? = nil, pictureSize: @escaping (String) -> ImageSize?
  ) {
    self.sample = sample
    self.pictureSize = pictureSize
    hasHeader = names != nil
    let width = max(sample.width, names?.count ?? 0)
    self.names =
      names.map { $0 + ($0.count..<width).map { "column \($0 + 1)" } }
      ?? (0..<width).map { "column \($0 + 1)" }
    values = (0..<width).map { CSVColumnValues($0, of: sample) }
  }

  func outcome() -> Outcome {
    guard let image = image() else { return .unlike }
    if let quadrilateral = quadrilateral(image) { return quadrilateral }
    let numeric = values.indices.filter { values[$0].isNumeric && $0 != image }
    let starts = numeric.filter { start in (start..<start + 4).allSatisfy(numeric.contains) }
    var proven: [(columns: CSVColumns, evidence: String, isSized: Bool)] = []
    var open: [CSVColumns] = []
    for start in starts {
      let box = start..<start + 4
      let sizes = sizes(besides: box, image, among: numeric)
      let evidence = CSVBoxEvidence(box, of: sample) { size(row: $0, image, sizes) }
      if !hasHeader || evidence.boxes >= Self.leastBelowHeader,
        let (order, reason) = evidence.proven()
      {
        if let columns = columns(image, box, order, sizes) {
          proven.append((columns, reason, sizes != nil))
        } else {
          open += columnsWithoutClass(image, box, [order], sizes)
        }
      } else {
        let orders = CSVBoxEvidence.Order.allCases.filter(evidence.allows)
        if !hasHeader, let usual = usual(image, box, sizes), orders.contains(usual),
          let columns = columns(image, box, usual, sizes)
        {
          proven.append((columns, "columns in this order usually have this meaning", sizes != nil))
        }
        open += columnsWithoutClass(image, box, orders, sizes)
      }
    }
    // With the sizes beside it fewer columns are left unexplained.
    let best = proven.filter { $0.isSized == proven.contains { $0.isSized } }
    if best.count == 1 { return .proven(best[0].columns, evidence: evidence(best[0])) }
    let all = proven.map(\.columns) + open
    return all.isEmpty ? .unlike : .open(all)
  }

  /// Returns the column of the images: the first whose values have image endings, or else one of
  /// addresses.
  func image() -> Int? {
    values.indices.first { values[$0].isPicture }
      ?? values.indices.first { values[$0].filled > 0 && values[$0].addresses == values[$0].filled }
  }

  private func size(row: Int, _ image: Int, _ sizes: Int?) -> (width: Double, height: Double)? {
    if let sizes, let width = sample.number(row, sizes), let height = sample.number(row, sizes + 1)
    {
      return (width, height)
    }
    return pictureSize(sample.string(row, image)).map { (Double($0.width), Double($0.height)) }
  }

  /// Returns the first of two columns that hold the images' sizes: whole numbers that are the same
  /// in all rows of an image, and within which all four numbers of the box lie.
  private func sizes(besides box: Range<Int>, _ image: Int, among numeric: [Int]) -> Int? {
    numeric.first { first in
      guard numeric.contains(first + 1), !box.contains(first), !box.contains(first + 1),
        values[first].isWhole, values[first + 1].isWhole, values[first].least > 0,
        values[first + 1].least > 0
      else { return false }
      var known: [String: (Double, Double)] = [:]
      return sample.rows.indices.allSatisfy { row in
        guard let width = sample.number(row, first), let height = sample.number(row, first + 1)
        else { return false }
        let name = sample.string(row, image)
        if let other = known[name], other != (width, height) { return false }
        known[name] = (width, height)
        let most = max(width, height) * 1.01
        return box.allSatisfy { (sample.number(row, $0) ?? 0) <= most }
      }
    }
  }

  /// Returns the meaning of columns in this order in well-known programs: keras-retinanet's rows
  /// end with the class, SKU-110K's with class and size, make-sense's begin with it and have the
  /// image's size at their end.
  private func usual(_ image: Int, _ box: Range<Int>, _ sizes: Int?) -> CSVBoxEvidence.Order? {
    let count = (values.lastIndex { $0.filled > 0 } ?? -1) + 1
    if image == 0, box == 1..<5, count == 6 || sizes == 6 && count == 8 { return .corners }
    if image == 5, box == 1..<5, sizes == 6, count == 8 { return .extent }
    if image == 0, sizes == 1, box == 4..<8, count == 8 { return .corners }
    return nil
  }
}

extension CSVHeaderless {
  /// Returns the columns with their class; nil if nothing shows which that is.
  private func columns(
    _ image: Int, _ box: Range<Int>, _ order: CSVBoxEvidence.Order, _ sizes: Int?
  ) -> CSVColumns? {
    var used = Set(box).union([image])
    if let sizes { used.formUnion([sizes, sizes + 1]) }
    guard case .some(let label) = label(besides: used) else { return nil }
    return columns(image, box, order, sizes, label: label)
  }

  private func columnsWithoutClass(
    _ image: Int, _ box: Range<Int>, _ orders: [CSVBoxEvidence.Order], _ sizes: Int?
  ) -> [CSVColumns] {
    var used = Set(box).union([image])
    if let sizes { used.formUnion([sizes, sizes + 1]) }
    let label =
      label(besides: used) ?? values.indices.first { !used.contains($0) && values[$0].isText }
    return orders.map { columns(image, box, $0, sizes, label: label) }
  }

  private func columns(
    _ image: Int, _ box: Range<Int>, _ order: CSVBoxEvidence.Order, _ sizes: Int?, label: Int?
  ) -> CSVColumns {
    let first = box.lowerBound
    let form: CSVColumns.Form =
      order == .sides
      ? .columns(first, first + 2, first + 1, first + 3)
      : .columns(first, first + 1, first + 2, first + 3)
    var columns = columns(form, image: image, label: label)
    columns.numbers = order == .extent ? .extent : order == .centre ? .centre : .corners
    columns.width = sizes
    columns.height = sizes.map { $0 + 1 }
    columns.kept = kept(besides: columns)
    return columns
  }

  func columns(_ form: CSVColumns.Form, image: Int, label: Int?) -> CSVColumns {
    var columns = CSVColumns(names: names, form: form, image: image)
    columns.hasHeader = hasHeader
    columns.label = label
    columns.split = values.indices.first { $0 != label && values[$0].isSplit }
    columns.kind =
      hasHeader
      ? "an image and a box, as the data show" : "rows without a header: an image and a box"
    return columns
  }

  func kept(besides columns: CSVColumns) -> [(column: Int, name: String)] {
    let used = Set(
      columns.form.columns + [columns.image]
        + [columns.label, columns.split, columns.width, columns.height].compactMap { $0 })
    return values.indices.filter { !used.contains($0) && !values[$0].isCounter }
      .map { ($0, names[$0]) }
  }

  /// Returns the column of the class: nil if there are several candidates, and `.some(nil)` if
  /// there is none.
  func label(besides used: Set<Int>) -> Int?? {
    let rest = values.indices.filter { !used.contains($0) && !values[$0].isSplit }
    let texts = rest.filter { values[$0].isText }
    // What stands in all rows that have a box is no remark.
    let most = texts.map { values[$0].filled }.max() ?? 0
    let full = texts.filter { values[$0].filled == most }
    let remarks = texts.filter { values[$0].filled < most }
    // A blank within a name looks like one between columns.
    let isBroken =
      sample.dialect.delimiter == UInt8(ascii: " ")
      && remarks.contains { values[$0].quoted < values[$0].filled }
    if isBroken || full.count > 1 { return nil }
    if let label = full.first { return label }
    let numbers = rest.filter {
      values[$0].isNumeric && values[$0].isWhole && values[$0].least >= 0 && !values[$0].isCounter
    }
    return numbers.count > 1 ? nil : .some(numbers.first)
  }

  private func evidence(
    _ proven: (columns: CSVColumns, evidence: String, isSized: Bool)
  ) -> String {
    let columns = proven.columns
    let box = columns.form.columns.map { $0 + 1 }
    let meaning =
      switch columns.numbers {
      case .corners where box[1] > box[2]: "left, right, top and bottom"
      case .corners: "left, top, right and bottom"
      case .extent: "left, top, width and height"
      case .centre: "centre, width and height"
      }
    var parts = [
      "column \(columns.image + 1) names the images",
      "columns \(box.min() ?? 0) to \(box.max() ?? 0) are \(meaning) (\(proven.evidence))",
    ]
    if let label = columns.label { parts.append("column \(label + 1) is the class") }
    if let width = columns.width {
      parts.append("columns \(width + 1) and \(width + 2) are the image's size")
    }
    if let split = columns.split { parts.append("column \(split + 1) is the split") }
    let beginning =
      hasHeader
      ? "the header leaves open what the columns mean, but the data show it: "
      : "there is no header: "
    return beginning + parts.joined(separator: ", ")
  }
}
