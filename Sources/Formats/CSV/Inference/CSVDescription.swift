import COCO

/// The description of a table that is not understood: its content, what is missing, and the options
/// that define its columns.
struct CSVDescription {
  private let finder: CSVColumnFinder
  private let names: [String]
  private let sample: CSVSample
  private let pictureSize: (String) -> ImageSize?

  /// Creates a description.
  ///
  /// - Parameter names: The fields of the first row.
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

  /// Whether the first row is a header, which holds no numbers.
  private var hasHeader: Bool {
    names.indices.allSatisfy { sample.rows.isEmpty || sample.number(0, $0) == nil }
  }

  private var shownNames: String {
    let shown = names.prefix(12).map { $0.isEmpty ? "(no name)" : $0 }.joined(separator: ", ")
    return shown + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }

  private var complaint: String {
    guard hasHeader else {
      return "the table has no header and its data do not determine the columns; its first row "
        + "is \(shownNames)"
    }
    let account = finder.account()
    let hasImage = account.roles.contains { $0.role == .image }
    let missing = (hasImage ? [] : ["for the image"]) + (account.hasBox ? [] : ["for a box"])
    var text = "expected columns \(missing.joined(separator: " and ")), found \(shownNames)"
    var remarks: [String] = []
    if !account.roles.isEmpty {
      let known = account.roles.map { "\(names[$0.column]) as \($0.role.rawValue)" }
      remarks.append("understood: \(known.joined(separator: ", "))")
    }
    let numbers = account.coordinates.map { names[$0] }.joined(separator: ", ")
    if account.boxes.count > 1 {
      remarks.append("\(numbers) are the numbers of several boxes")
    } else if !account.hasBox, !numbers.isEmpty {
      remarks.append("\(numbers) are not all the numbers of a box")
    }
    if !remarks.isEmpty { text += " (\(remarks.joined(separator: "; ")))" }
    return text
  }

  /// The options that would read the table, as far as its names and its data show.
  private var advice: String {
    let rest = hasHeader ? sample.withoutFirst : sample
    let inferred = CSVHeaderless(rest, names: hasHeader ? names : nil, pictureSize: pictureSize)
    let account = finder.account()
    if account.coordinates.isEmpty || !hasHeader {
      switch inferred.outcome() {
      case .proven(let columns, _): return advice([option(columns)])
      case .open(let columns): return advice(columns.prefix(2).map(option))
      case .unlike: break
      }
    }
    var known = account.roles
    if !known.contains(where: { $0.role == .image }), let image = inferred.image() {
      known.append((.image, image))
    }
    let boxes = account.boxes.prefix(2).map { option(known, $0.form, $0.numbers) }
    return advice(boxes.isEmpty ? [option(known, nil, .corners)] : boxes)
  }

  private func advice(_ options: [String]) -> String {
    let isWhole = !options.contains { $0.contains("…") }
    let quotes =
      sample.dialect.delimiter == UInt8(ascii: " ")
      ? "; a value that holds a blank needs quotes" : ""
    return options.joined(separator: ", or ") + (options.count > 1 ? "," : "")
      + (isWhole ? " would read it" : " names them, by name or by number") + quotes
  }

  private func option(_ columns: CSVColumns) -> String {
    let others: [(CSVRole, Int?)] = [
      (.image, columns.image), (.class, columns.label), (.width, columns.width),
      (.height, columns.height), (.split, columns.split),
    ]
    return option(
      others.compactMap { role, column in column.map { (role, $0) } }, columns.form,
      columns.numbers)
  }

  /// Returns the option that names these columns, with dots for unknown ones of image, box and
  /// class.
  private func option(
    _ known: [(role: CSVRole, column: Int)], _ form: CSVColumns.Form?,
    _ numbers: CSVColumns.Numbers
  ) -> String {
    let box: [CSVRole] =
      switch numbers {
      case .corners: [.xmin, .ymin, .xmax, .ymax]
      case .extent: [.x, .y, .w, .h]
      case .centre: [.cx, .cy, .w, .h]
      }
    var pairs: [(role: CSVRole, column: Int?)] = []
    pairs.append((.image, known.first { $0.role == .image }?.column))
    if case .columns? = form {
      pairs += zip(box, form?.columns ?? []).map { ($0, $1) }
    } else if form == nil {
      pairs += box.map { ($0, nil) }
    }
    pairs += known.filter { $0.role != .image && !box.contains($0.role) }
      .map { ($0.role, $0.column) }
    if form == nil, !known.contains(where: { $0.role == .class || $0.role == .classID }) {
      pairs.append((.class, nil))
    }
    let value = pairs.map { "\($0.role.rawValue)=\($0.column.map(name) ?? "…")" }
      .joined(separator: ",")
    let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "_-.,=/…".contains($0) }
    return "--csv-columns " + (isPlain ? value : "'\(value)'")
  }

  /// Returns a column's name, or its number if the option could not hold the name.
  private func name(_ column: Int) -> String {
    guard hasHeader, names.indices.contains(column) else { return "\(column + 1)" }
    let name = names[column]
    let isUsable =
      !name.isEmpty && !name.contains(",") && !name.contains("'") && Int(name) == nil
      && names.count { $0 == name } == 1
    return isUsable ? name : "\(column + 1)"
  }
}
