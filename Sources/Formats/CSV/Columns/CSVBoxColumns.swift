/// A finder of the columns of a box among those with names of coordinates.
struct CSVBoxColumns {
  typealias Found = (form: CSVColumns.Form, numbers: CSVColumns.Numbers)
  typealias Candidate = (column: Int, name: CSVColumnName.Coordinate)

  /// The user's choice of columns for coordinates.
  private let chosen: [CSVRole: Int]
  /// The groups by the rest of the names: `face` in `face_x1`. Those whose rest only means a box
  /// come first.
  private let groups: [[Candidate]]
  /// The columns called just `width` and `height`.
  private let bareSizes: [CSVRole: Int]

  init(_ names: [CSVColumnName], chosen: [CSVRole: Int]) {
    self.chosen = chosen.filter { $0.key.isCoordinate }
    let taken = Set(chosen.values)
    var byContext: [String: [Candidate]] = [:]
    var bareSizes: [CSVRole: Int] = [:]
    for (column, name) in names.enumerated() where !taken.contains(column) {
      if let size = name.bareSize {
        bareSizes[size] = bareSizes[size] ?? column
      } else if let coordinate = name.coordinate {
        byContext[coordinate.context, default: []].append((column, coordinate))
      }
    }
    self.bareSizes = bareSizes
    groups = byContext.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Returns the columns of the box; nil if none is complete, or if several have names of their
  /// own, among which nothing decides.
  func find() -> Found? {
    if !chosen.isEmpty { return ofChosen() }
    if let first = groups.first, first[0].name.context.isEmpty, let found = find(in: first) {
      return found
    }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// The groups of columns that form a box.
  var candidates: [Found] { groups.compactMap(find) }

  private func ofChosen() -> Found? {
    var columns = Columns(groups.first { $0[0].name.context.isEmpty } ?? [], style: nil)
    for (size, extent) in [(CSVRole.width, CSVRole.w), (.height, .h)] {
      columns.byRole[extent] = columns.byRole[extent] ?? bareSizes[size]
    }
    columns.byRole.merge(chosen) { $1 }
    // What the user names decides between corners and extents.
    if chosen[.w] != nil || chosen[.h] != nil { return columns.extent ?? columns.centre }
    if chosen[.cx] != nil || chosen[.cy] != nil { return columns.centre }
    return columns.corners ?? columns.extent ?? columns.centre
  }

  private func find(in group: [Candidate]) -> Found? {
    if let points = CSVPointColumns.repeated(group) { return (.points(points), .corners) }
    if let found = Columns(group, style: .limits).corners { return found }
    if let points = CSVPointColumns.columns(of: group) { return (.points(points), .corners) }
    for style in CSVColumnName.Coordinate.Style.allCases {
      if let found = Columns(group, style: style).corners { return found }
    }
    var columns = Columns(group, style: nil)
    if let found = columns.corners ?? columns.extent ?? columns.centre { return found }
    // Both ends of one side show that only a name was not understood.
    let hasSide =
      columns.byRole[.xmin] != nil && columns.byRole[.xmax] != nil
      || columns.byRole[.ymin] != nil && columns.byRole[.ymax] != nil
    if hasSide { return nil }
    columns.byRole[.w] = columns.byRole[.w] ?? bareSizes[.width]
    columns.byRole[.h] = columns.byRole[.h] ?? bareSizes[.height]
    return columns.extent ?? columns.centre
  }

  /// The columns of a group by their numbers.
  private struct Columns {
    var byRole: [CSVRole: Int] = [:]

    /// Selects the columns of one style, or all columns, the first style first.
    init(_ group: [Candidate], style: CSVColumnName.Coordinate.Style?) {
      let numbers = CSVPointColumns.corners(of: group)
      // Of three or four corners no two alone are the box's.
      let hasMoreCorners =
        Set(group.filter { $0.name.style == .edges }.compactMap(\.name.corner)).count > 2
      for (column, name) in group.sorted(by: { $0.name.style.rawValue < $1.name.style.rawValue }) {
        if let style, name.style != style { continue }
        if hasMoreCorners, name.style == .edges, name.corner != nil { continue }
        var role = name.role
        if name.style == .numbers {
          guard let numbers, let corner = name.corner else { continue }
          let isLow = corner == numbers.low
          role = name.role == .x ? (isLow ? .xmin : .xmax) : (isLow ? .ymin : .ymax)
        }
        byRole[role] = byRole[role] ?? column
      }
    }

    var corners: Found? { form(.xmin, .ymin, .xmax, .ymax).map { ($0, .corners) } }
    var centre: Found? { form(.cx, .cy, .w, .h).map { ($0, .centre) } }
    var extent: Found? {
      (form(.x, .y, .w, .h) ?? form(.xmin, .ymin, .w, .h)).map { ($0, .extent) }
    }

    private func form(
      _ first: CSVRole, _ second: CSVRole, _ third: CSVRole, _ fourth: CSVRole
    ) -> CSVColumns.Form? {
      guard let first = byRole[first], let second = byRole[second], let third = byRole[third],
        let fourth = byRole[fourth]
      else { return nil }
      return .columns(first, second, third, fourth)
    }
  }
}

/// The columns of outlines' corners: `x1,y1 … x4,y4`, or the four corners by their places.
enum CSVPointColumns {
  /// Returns the columns of x and y in turn; nil if the names are not those of three or more
  /// corners.
  static func columns(of group: [CSVBoxColumns.Candidate]) -> [Int]? {
    let numbered = group.filter { $0.name.style == .numbers }
    let placed = group.filter { $0.name.style == .edges && $0.name.corner != nil }
    return points(numbered, xs: [.x], atLeast: 3) ?? points(placed, xs: [.xmin, .xmax], atLeast: 4)
  }

  /// Returns the numbers of a box's corners: one or two, from 0 or from 1; nil if there are more.
  static func corners(of group: [CSVBoxColumns.Candidate]) -> (low: Int, high: Int)? {
    let numbered = group.filter { $0.name.style == .numbers }
    let numbers = Set(numbered.compactMap(\.name.corner)).sorted()
    guard numbers.count <= 2, let low = numbers.first, low <= 1 else { return nil }
    return numbers.count == 2 && numbers[1] != low + 1 ? nil : (low, low + 1)
  }

  /// Returns x and y paired by the corner's number.
  private static func points(
    _ candidates: [CSVBoxColumns.Candidate], xs: Set<CSVRole>, atLeast least: Int
  ) -> [Int]? {
    var x: [Int: Int] = [:]
    var y: [Int: Int] = [:]
    for (column, name) in candidates {
      guard let corner = name.corner else { return nil }
      if xs.contains(name.role) { x[corner] = column } else { y[corner] = column }
    }
    let corners = x.keys.sorted()
    guard corners.count >= least, corners == y.keys.sorted(), let first = corners.first,
      first <= 1, corners == Array(first..<first + corners.count)
    else { return nil }
    return corners.flatMap { [x[$0] ?? 0, y[$0] ?? 0] }
  }

  /// Returns the columns of TensorFlow's Model Maker, which names each limit twice, in the order of
  /// the corners.
  static func repeated(_ group: [CSVBoxColumns.Candidate]) -> [Int]? {
    let limits = group.filter { $0.name.style == .limits }
    let xs = limits.filter { $0.name.role == .xmin || $0.name.role == .xmax }
    let ys = limits.filter { $0.name.role == .ymin || $0.name.role == .ymax }
    guard xs.map(\.name.role) == [.xmin, .xmax, .xmax, .xmin],
      ys.map(\.name.role) == [.ymin, .ymin, .ymax, .ymax]
    else { return nil }
    return zip(xs, ys).flatMap { [$0.column, $1.column] }
  }
}
