import COCO

/// Describes a table that is not understood: what stands in it, what is missing, and how the user
/// can say what its columns hold.
struct CSVDescription {
  private let finder: CSVColumnFinder
  private let names: [String]
  private let sample: CSVSample
  private let pictureSize: (String) -> ImageSize?

  /// - Parameter names: the fields of the first row.
  init(
    _ finder: CSVColumnFinder, _ names: [String], _ sample: CSVSample,
    pictureSize: @escaping (String) -> ImageSize?
  ) {
    self.finder = finder
    self.names = names
    self.sample = sample
    self.pictureSize = pictureSize
  }

  func fault(at offset: Int) -> CSVFault {
    CSVFault(.missingField, "\(complaint); \(advice)", offset)
  }

  /// Whether the first row is a header: it is none where numbers stand in it.
  private var hasHeader: Bool {
    names.indices.allSatisfy { sample.rows.isEmpty || sample.number(0, $0) == nil }
  }

  private var shownNames: String {
    let shown = names.prefix(12).map { $0.isEmpty ? "(no name)" : $0 }.joined(separator: ", ")
    return shown + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }

  private var complaint: String {
    guard hasHeader else {
      return "the table has no header and its data leave open what the columns hold; its first row "
        + "is \(shownNames)"
    }
    let account = finder.account()
    let missing = account.missing.map { "for \($0)" }.joined(separator: " and ")
    let known = account.found.map { "\(names[$0.column]) (\($0.role.rawValue))" }
    let understood = known.isEmpty ? "" : ", of which these are understood: " + known.joined(separator: ", ")
    return "expected columns \(missing), found \(shownNames)\(understood)"
  }

  /// The options that would read the table, as far as the data tell.
  private var advice: String {
    let rest = hasHeader ? sample.withoutFirst : sample
    let inferred = CSVHeaderless(
      rest, names: hasHeader ? names : nil, pictureSize: pictureSize)
    let readings: [CSVColumns]
    switch inferred.outcome() {
    case .proven(let columns, _): readings = [columns]
    case .open(let columns): readings = Array(columns.prefix(2))
    case .unlike:
      return "--csv-columns image=…,xmin=…,ymin=…,xmax=…,ymax=…,class=… says which they are, "
        + "by name or by number"
    }
    let lines = readings.map(option)
    return lines.joined(separator: ", or ")
      + (lines.count == 1 ? " would read it" : ", would read it")
  }

  /// Returns the option that names a reading's columns.
  private func option(_ columns: CSVColumns) -> String {
    let roles: [CSVRole] =
      switch columns.numbers {
      case .corners: [.xmin, .ymin, .xmax, .ymax]
      case .extent: [.x, .y, .w, .h]
      case .centre: [.cx, .cy, .w, .h]
      }
    var pairs: [(CSVRole, Int?)] = [(.image, columns.image)]
    if case .columns = columns.form { pairs += zip(roles, columns.form.columns).map { ($0, $1) } }
    pairs += [
      (.class, columns.label), (.width, columns.width), (.height, columns.height),
      (.split, columns.split),
    ]
    let words = pairs.compactMap { role, column in
      column.map { "\(role.rawValue)=\(name($0))" }
    }
    let value = words.joined(separator: ",")
    let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "_-.,=/".contains($0) }
    return "--csv-columns " + (isPlain ? value : "'\(value)'")
  }

  /// Returns a column's name, its number where the option could not hold the name.
  private func name(_ column: Int) -> String {
    guard hasHeader, names.indices.contains(column) else { return "\(column + 1)" }
    let name = names[column]
    let isUsable =
      !name.isEmpty && !name.contains(",") && !name.contains("'") && Int(name) == nil
      && names.count { $0 == name } == 1
    return isUsable ? name : "\(column + 1)"
  }
}
