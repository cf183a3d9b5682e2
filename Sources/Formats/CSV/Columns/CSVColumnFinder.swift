import COCO

/// A finder of the columns' roles by a header and by the user's choice.
struct CSVColumnFinder {
  private let names: [String]
  private let plainNames: [String]
  private let parsed: [CSVColumnName]
  /// The user's choice.
  private var chosen: [CSVRole: Int] = [:]
  private var roles: [CSVRole: Int] = [:]
  private var taken: Set<Int> = []
  private var classProperty: String?

  /// Creates a finder; throws if the user names a column or a role that does not exist.
  init(_ names: [String], chosen: [String: String] = [:]) throws(CSVFault) {
    self.names = names
    plainNames = names.map(CSVRole.plain)
    parsed = names.map { CSVColumnName($0) }
    for (word, column) in chosen.sorted(by: { $0.key < $1.key }) {
      try choose(word, column)
    }
    self.chosen = roles
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

  /// Returns the columns; nil if there is no image or no box among them.
  ///
  /// - Parameters:
  ///   - lists: The columns in which whole boxes were seen.
  ///   - pictures: The columns in which only names of images were seen.
  mutating func columns(
    hasHeader: Bool = true, lists: [Int] = [], pictures: [Int] = []
  ) -> CSVColumns? {
    let box = CSVBoxColumns(parsed, chosen: chosen).find()
    if let box { taken.formUnion(box.form.columns) }
    if hasHeader { takeByName(lists: box == nil ? lists : []) }
    // However the column is called.
    var isProven = false
    if hasHeader, box != nil, roles[.image] == nil, pictures.count == 1 {
      take(.image, pictures[0])
      isProven = true
    }
    guard let image = roles[.image], let (form, numbers) = box ?? otherForm() else { return nil }
    var columns = CSVColumns(names: names, form: form, image: image)
    columns.hasHeader = hasHeader
    columns.numbers = numbers
    columns.label = roles[.class] ?? roles[.classID]
    columns.labelID = roles[.class] == nil ? nil : roles[.classID]
    columns.split = roles[.split]
    takeSizes(isBoxInColumns: box != nil)
    if roles[.width] != nil, roles[.height] != nil {
      columns.width = roles[.width]
      columns.height = roles[.height]
    }
    if let outline = roles[.polygon], form != .outline(outline) { columns.outline = outline }
    columns.crowd = roles[.crowd]
    columns.difficult = roles[.difficult]
    columns.classProperty = classProperty
    columns.isCertain = isProven || isCertain(columns)
    columns.kept = kept(besides: columns)
    columns.kind = kind(of: columns)
    return columns
  }

  private mutating func takeByName(lists: [Int]) {
    let list = lists.first { column in
      let others: [CSVRole] = [.shape, .properties, .polygon]
      return !taken.contains(column) && others.allSatisfy { parsed[column].rank(as: $0) == nil }
    }
    if let list, roles[.bbox] == nil { take(.bbox, list) }
    for role in CSVRole.allCases where roles[role] == nil && !role.isCoordinate {
      if role == .classID { continue }
      if let (column, rank) = likeliest(role) {
        // A number is surer to be the class than what may be something else.
        if role == .class, rank >= CSVColumnName.weak, likeliest(.classID) != nil { continue }
        take(role, column)
      }
    }
    if roles[.classID] == nil, let (column, _) = likeliest(.classID) { take(.classID, column) }
  }

  private func likeliest(_ role: CSVRole) -> (column: Int, rank: Int)? {
    var best: (column: Int, rank: Int)?
    for (column, name) in parsed.enumerated() where !taken.contains(column) {
      guard let rank = name.rank(as: role), rank < best?.rank ?? .max else { continue }
      best = (column, rank)
    }
    return best
  }

  /// Assigns `width` and `height`, and beside a box in one column `w` and `h`, which are the
  /// image's if they are not the box's.
  private mutating func takeSizes(isBoxInColumns: Bool) {
    for (size, extent) in [(CSVRole.width, CSVRole.w), (.height, .h)] where roles[size] == nil {
      let column = parsed.indices.first { column in
        !taken.contains(column)
          && (parsed[column].bareSize == size
            || !isBoxInColumns && parsed[column].coordinate?.role == extent
              && parsed[column].coordinate?.context.isEmpty == true)
      }
      if let column { take(size, column) }
    }
  }

  /// Returns the form of a box that stands in one column.
  private func otherForm() -> CSVBoxColumns.Found? {
    if let shape = roles[.shape] { return (.regions(shape, roles[.properties]), .extent) }
    if let list = roles[.bbox] {
      return (.list(list), parsed[list].isListOfCorners ? .corners : .extent)
    }
    if let outline = roles[.polygon] { return (.outline(outline), .extent) }
    return nil
  }

  private func isCertain(_ columns: CSVColumns) -> Bool {
    let isChosen = chosen[.image] != nil
    return isChosen
      || parsed[columns.image].rank(as: .image).map { $0 < CSVColumnName.weak } ?? false
  }

  /// The roles that the names show, if they are not enough.
  struct Account {
    /// The roles found, in the order of the columns.
    var roles: [(role: CSVRole, column: Int)] = []
    /// The columns that may belong to a box.
    var coordinates: [Int] = []
    /// The boxes among them, if there are several to choose from.
    var boxes: [CSVBoxColumns.Found] = []
    var hasBox = false
  }

  func account() -> Account {
    var finder = self
    finder.takeByName(lists: [])
    let box = CSVBoxColumns(parsed, chosen: chosen)
    var account = Account()
    account.boxes = box.candidates
    account.hasBox = box.find() != nil || finder.otherForm() != nil
    account.roles = finder.roles.sorted { $0.value < $1.value }.map { ($0.key, $0.value) }
    account.coordinates = parsed.indices.filter { parsed[$0].coordinate != nil }
    return account
  }
}

extension CSVColumnFinder {
  /// Returns the columns that have no other role; those of known attributes under their usual
  /// names.
  private func kept(besides columns: CSVColumns) -> [(column: Int, name: String)] {
    var used = Set([columns.image] + columns.form.columns)
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
    case .points(let points): return "an image and \(points.count / 2) corners"
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
