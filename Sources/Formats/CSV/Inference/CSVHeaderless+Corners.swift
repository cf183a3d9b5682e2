extension CSVHeaderless {
  /// Returns the outcome for eight columns in a row that are four corners: those of Google's
  /// tables, in which two may be empty, and those whose corners go around in order in every row.
  func quadrilateral(_ image: Int) -> Outcome? {
    for start in values.indices where start + 8 <= values.count {
      let range = start..<start + 8
      guard !range.contains(image), range.allSatisfy({ values[$0].numbers == values[$0].filled }),
        values[start].filled > 0, hasFourCorners(range)
      else { continue }
      guard case .some(let label) = label(besides: Set(range).union([image])) else { continue }
      var columns = columns(.points(Array(range)), image: image, label: label)
      columns.kept = kept(besides: columns)
      columns.kind = "rows without a header: an image and four corners"
      let places = "columns \(start + 1) to \(start + 8) are x and y of four corners"
      let split = columns.split.map { ", column \($0 + 1) is the split" } ?? ""
      return .proven(
        columns,
        evidence: "there is no header: column \(image + 1) names the images, \(places), "
          + "\(label.map { "column \($0 + 1) is the class" } ?? "there is no class")\(split)")
    }
    return nil
  }

  private func hasFourCorners(_ range: Range<Int>) -> Bool {
    var corners = 0
    for row in sample.rows.indices {
      let points = range.map { sample.number(row, $0) }
      let filled = points.count { $0 != nil }
      if filled == 0 { continue }
      corners += 1
      if filled == 4 {
        // Two opposite corners: the first and the third, or the first and the second.
        guard let x0 = points[0], let y0 = points[1], let x1 = points[4] ?? points[2],
          let y1 = points[5] ?? points[3], x1 > x0, y1 > y0
        else { return false }
        continue
      }
      let known = points.compactMap { $0 }
      guard known.count == 8, known[2] > known[0], known[4] > known[6], known[7] > known[1],
        known[5] > known[3]
      else { return false }
    }
    return corners > 0
  }
}
