import COCO

/// Finds out from a header, and from what the user says, which column holds what.
struct CSVColumnFinder {
  private let names: [String]
  private let plainNames: [String]
  private var roles: [CSVRole: Int] = [:]
  private var taken: Set<Int> = []
  private var classProperty: String?

  /// Throws where the user names a column or a role that does not exist.
  init(_ names: [String], chosen: [String: String]) throws(CSVFault) {
    self.names = names
    plainNames = names.map(CSVRole.plain)
    for (word, column) in chosen.sorted(by: { $0.key < $1.key }) {
      try choose(word, column)
    }
  }

  private mutating func choose(_ word: String, _ column: String) throws(CSVFault) {
    guard let role = CSVRole(word: word) else {
      let known = CSVRole.allCases.map(\.rawValue).joined(separator: ", ")
      throw CSVFault(
        .missingField, "--csv-columns: expected one of \(known), found \"\(word)\"", 0)
    }
    let number = Int(column).flatMap { names.indices.contains($0 - 1) ? $0 - 1 : nil }
    let found =
      names.firstIndex(of: column) ?? plainNames.firstIndex(of: CSVRole.plain(column)) ?? number
    if let found {
      take(role, found)
    } else if role == .class, plainNames.contains("regionattributes") {
      classProperty = column
    } else {
      throw CSVFault(
        .missingField, "--csv-columns \(word)=\(column): there is no column \"\(column)\"", 0)
    }
  }

  private mutating func take(_ role: CSVRole, _ column: Int) {
    roles[role] = column
    taken.insert(column)
  }

  /// Returns the columns; nil where there is no image or no box among them.
  mutating func columns(hasHeader: Bool = true) -> CSVColumns? {
    if hasHeader { takeByName() }
    guard let image = roles[.image], let (form, numbers) = form() else { return nil }
    var columns = CSVColumns(names: names, form: form, image: image)
    columns.hasHeader = hasHeader
    columns.numbers = numbers
    columns.label = roles[.class] ?? roles[.classID]
    columns.labelID = roles[.class] == nil ? nil : roles[.classID]
    columns.split = roles[.split]
    if roles[.width] != nil, roles[.height] != nil {
      columns.width = roles[.width]
      columns.height = roles[.height]
    }
    if let outline = roles[.polygon], form != .outline(outline) { columns.outline = outline }
    columns.crowd = roles[.crowd]
    columns.difficult = roles[.difficult]
    columns.classProperty = classProperty
    columns.isCertain = !CSVRole.image.weakSynonyms.contains(plainNames[image])
    columns.kept = kept(besides: columns)
    columns.kind = kind(of: columns)
    return columns
  }

  private mutating func takeByName() {
    takeZeroBased()
    for role in CSVRole.allCases where roles[role] == nil {
      if let column = column(named: role.synonyms, mayHavePrefix: role.isCoordinate) {
        take(role, column)
      }
    }
    takeWidthAndHeight()
    for role in CSVRole.allCases where roles[role] == nil {
      if role == .class, roles[.classID] != nil { continue }
      if let column = column(named: role.weakSynonyms, mayHavePrefix: false) { take(role, column) }
    }
  }

  /// Corners counted from 0: `x0` comes with an `x1` that is the other corner.
  private mutating func takeZeroBased() {
    for (first, second, axis) in [(CSVRole.xmin, CSVRole.xmax, "x"), (.ymin, .ymax, "y")] {
      guard roles[first] == nil, roles[second] == nil,
        let low = column(named: [axis + "0"], mayHavePrefix: true),
        let high = column(named: [axis + "1"], mayHavePrefix: true),
        column(named: [axis + "2"], mayHavePrefix: true) == nil
      else { continue }
      take(first, low)
      take(second, high)
    }
  }

  private func column(named synonyms: [String], mayHavePrefix: Bool) -> Int? {
    for synonym in synonyms {
      for (index, name) in plainNames.enumerated() where !taken.contains(index) {
        if name == synonym { return index }
        if mayHavePrefix, CSVRole.prefixes.contains(where: { name == $0 + synonym }) {
          return index
        }
      }
    }
    return nil
  }

  /// `width` and `height` are the box's where it has a corner and no other extent; else the
  /// picture's. An extent is given by both ends of a side, too: the column that ends the other
  /// side is missing then.
  private mutating func takeWidthAndHeight() {
    let hasCorners = roles[.xmax] != nil && roles[.ymax] != nil
    let hasCorner =
      (roles[.x] ?? roles[.xmin]) != nil && (roles[.y] ?? roles[.ymin]) != nil
      || roles[.cx] != nil && roles[.cy] != nil
    let hasSide =
      roles[.xmin] != nil && roles[.xmax] != nil || roles[.ymin] != nil && roles[.ymax] != nil
    let areBoxes = hasCorner && !hasCorners && !hasSide && roles[.w] == nil && roles[.h] == nil
    for (size, extent, name) in [(CSVRole.width, CSVRole.w, "width"), (.height, .h, "height")] {
      let role = areBoxes ? extent : size
      guard roles[role] == nil, let column = column(named: [name], mayHavePrefix: false) else {
        continue
      }
      take(role, column)
    }
    takeSizeOfList(hasBoxColumns: hasCorner || hasCorners)
  }

  /// `w` and `h` beside a box in one column are the picture's.
  private mutating func takeSizeOfList(hasBoxColumns: Bool) {
    guard !hasBoxColumns, roles[.width] == nil, roles[.height] == nil,
      let width = roles[.w], let height = roles[.h]
    else { return }
    roles[.w] = nil
    roles[.h] = nil
    take(.width, width)
    take(.height, height)
  }

  private func form() -> (CSVColumns.Form, CSVColumns.Numbers)? {
    if let box = box(.xmin, .ymin, .xmax, .ymax) { return (box, .corners) }
    if let box = box(.x, .y, .w, .h) ?? box(.xmin, .ymin, .w, .h) { return (box, .extent) }
    if let box = box(.cx, .cy, .w, .h) { return (box, .centre) }
    if let shape = roles[.shape] { return (.regions(shape, roles[.properties]), .extent) }
    if let list = roles[.bbox] { return (.list(list), .extent) }
    if let outline = roles[.polygon] { return (.outline(outline), .extent) }
    return nil
  }

  private func box(
    _ first: CSVRole, _ second: CSVRole, _ third: CSVRole, _ fourth: CSVRole
  ) -> CSVColumns.Form? {
    guard let first = roles[first], let second = roles[second], let third = roles[third],
      let fourth = roles[fourth]
    else { return nil }
    return .columns(first, second, third, fourth)
  }
}

extension CSVColumnFinder {
  /// Returns the columns that nothing else takes; those of known attributes under their usual
  /// names.
  private func kept(besides columns: CSVColumns) -> [(column: Int, name: String)] {
    var used: Set<Int> = [columns.image]
    switch columns.form {
    case .columns(let first, let second, let third, let fourth):
      used.formUnion([first, second, third, fourth])
    case .list(let column), .outline(let column): used.insert(column)
    case .regions(let shape, let properties): used.formUnion([shape, properties ?? shape])
    }
    for column in [
      columns.label, columns.labelID, columns.split, columns.width, columns.height,
      columns.outline, columns.crowd,
    ] {
      if let column { used.insert(column) }
    }
    let attributes: [CSVRole] = [.confidence, .difficult, .truncated, .occluded, .pose]
    var known: [Int: String] = [:]
    for role in attributes { if let column = roles[role] { known[column] = role.rawValue } }
    return names.indices.compactMap { index in
      if used.contains(index) { return nil }
      if let name = known[index] { return (index, name) }
      let plain = plainNames[index]
      if CSVRole.bookkeeping.contains(plain) || plain.hasPrefix("unnamed:") { return nil }
      return (index, names[index])
    }
  }

  private func kind(of columns: CSVColumns) -> String {
    let plain = Set(plainNames)
    switch columns.form {
    case .regions: return "VIA's columns"
    case .list: return "an image and a list of box numbers"
    case .outline: return "an image and an outline"
    case .columns: break
    }
    if plain.isSuperset(of: ["imageid", "labelname", "xmin", "xmax"]) {
      return CSVColumns.openImages
    }
    if plain.isSuperset(of: ["filename", "width", "height", "class", "xmin", "ymax"]) {
      return "TensorFlow's columns"
    }
    switch columns.numbers {
    case .corners: return "an image and two corners"
    case .extent: return "an image, a corner, and width and height of a box"
    case .centre: return "an image, a centre, and width and height of a box"
    }
  }
}
