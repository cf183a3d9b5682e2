import COCO
import Files

/// The counts that show whether a table's numbers are pixels or parts of the image's size.
struct CSVUnitsEvidence: Sendable {
  /// The range of parts of the image, slightly beyond its edges.
  private static let unit = -0.01...1.01

  /// The number of boxes of finite numbers.
  private(set) var boxes = 0
  /// The number of boxes of which all numbers lie within 0…1.
  private(set) var unitBoxes = 0
  /// The number of these boxes that are not made of 0 and 1 alone.
  private(set) var fractionalBoxes = 0
  /// The place of the first box that contradicts the majority, for each kind.
  private(set) var firstUnit: Int?
  private(set) var firstOther: Int?

  init() {}

  mutating func count(_ row: CSVRow) {
    let sum = row.first + row.second + row.third + row.fourth
    guard sum.isFinite else { return }
    boxes += 1
    guard Self.unit.contains(row.first), Self.unit.contains(row.second),
      Self.unit.contains(row.third), Self.unit.contains(row.fourth)
    else {
      if firstOther == nil { firstOther = row.offset }
      return
    }
    unitBoxes += 1
    let isWhole =
      row.first.rounded() == row.first && row.second.rounded() == row.second
      && row.third.rounded() == row.third && row.fourth.rounded() == row.fourth
    if isWhole { return }
    fractionalBoxes += 1
    if firstUnit == nil { firstUnit = row.offset }
  }

  mutating func add(_ other: CSVUnitsEvidence) {
    boxes += other.boxes
    unitBoxes += other.unitBoxes
    fractionalBoxes += other.fractionalBoxes
    firstUnit = firstUnit ?? other.firstUnit
    firstOther = firstOther ?? other.firstOther
  }
}

/// The unit of a table's numbers, with the reason.
struct CSVUnits {
  /// The least number of boxes that prove something.
  private static let handful = 5

  private(set) var areNormalised = false
  private(set) var note: String?
  /// The message and place of weak evidence, for and against.
  private(set) var doubt: (message: String, offset: Int?)?

  /// Decides the unit. `isCertain` is true if the form itself defines it.
  init(_ evidence: CSVUnitsEvidence, chosen: ImportOptions.CSVUnits, isCertain: Bool) {
    guard chosen == .auto else {
      areNormalised = chosen == .normalised
      return
    }
    guard evidence.boxes > 0 else { return }
    areNormalised = evidence.unitBoxes * 2 > evidence.boxes
    let others = evidence.boxes - evidence.unitBoxes
    let advice = "; choose --csv-units pixels or --csv-units normalised"
    guard areNormalised else {
      note = "coordinates are pixels: \(others) of \(evidence.boxes) boxes reach past 1"
      if evidence.fractionalBoxes > 0 {
        let message =
          "\(evidence.fractionalBoxes) of \(evidence.boxes) boxes lie within 0…1 and are read as "
          + "pixels like the others"
        doubt = (message + advice, evidence.firstUnit)
      }
      return
    }
    note =
      "coordinates are normalised: \(evidence.unitBoxes) of \(evidence.boxes) boxes lie within 0…1"
    if others > 0 {
      let message =
        "\(others) of \(evidence.boxes) boxes reach past 1 and are read as normalised like the others"
      doubt = (message + advice, evidence.firstOther)
    } else if evidence.fractionalBoxes == 0 {
      doubt = ("all coordinates are 0 or 1 and are read as normalised" + advice, nil)
    } else if evidence.boxes < Self.handful, !isCertain {
      let boxes = evidence.boxes == 1 ? "is only 1 box" : "are only \(evidence.boxes) boxes"
      doubt = (
        "there \(boxes) within 0…1, which are read as normalised" + advice, nil
      )
    }
  }
}

/// A report that decides the tables' units, and reports how the tables were understood.
struct CSVTableReport {
  private let options: ImportOptions
  /// The notes on several tables, with the first of them and their number.
  private var notes: [(text: String, first: String, count: Int)] = []

  init(_ options: ImportOptions) {
    self.options = options
  }

  /// Returns whether the table's numbers are parts of the image's size.
  mutating func areNormalised(_ table: CSVTable, _ imported: inout Imported) -> Bool {
    let columns = table.layout.columns
    var chosen = options.csvUnits
    // VIA draws on pixels.
    if case .regions = columns.form, chosen == .auto { chosen = .pixels }
    let units = CSVUnits(
      table.units, chosen: chosen, isCertain: columns.kind == CSVColumns.openImages)
    if let note = units.note { add(note, of: table) }
    if let doubt = units.doubt {
      let offset = doubt.offset ?? table.layout.dataStart
      imported.findings.append(
        Finding(.ambiguousUnits, doubt.message, at: table.origin(offset)))
    }
    return units.areNormalised
  }

  /// Reports an empty table, blanks around classes, and a class without a name.
  mutating func report(_ table: CSVTable, to imported: inout Imported) {
    if table.pictures.isEmpty, table.annotations == 0 {
      let message = "the table has a header and no rows"
      imported.findings.append(Finding(.emptyTable, message, at: table.origin(0)))
    }
    reportInvisible(table, to: &imported)
    let dialect = table.layout.dialect
    if let evidence = table.layout.evidence { add(evidence, of: table) }
    if dialect.delimiter == UInt8(ascii: " ") { add("blanks separate the columns", of: table) }
    if dialect.delimiter == UInt8(ascii: ","), dialect.hasDecimalComma {
      add("numbers in quotes have a comma before their decimals", of: table)
    }
    let columns = table.layout.columns
    if case .regions = columns.form { return }
    // Objects in a cell may name their classes themselves.
    let only = options.classNames.flatMap { $0.count == 1 ? $0[0] : nil } ?? CSVRowReader.onlyClass
    if columns.label == nil, let label = table.labels.first, label.name == only {
      add("there is no column for the class; all objects are of \"\(label.name)\"", of: table)
    }
  }

  /// Reports what is left out around names.
  private func reportInvisible(_ table: CSVTable, to imported: inout Imported) {
    for label in table.labels {
      guard let padded = label.padded else { continue }
      let isBlank = padded.utf8.allSatisfy { $0 < 0x7F }
      let message =
        isBlank
        ? "the blanks around the name \"\(label.name)\" are removed"
        : "the invisible characters around the name are removed: \(padded.quotedWithInvisibles)"
      imported.findings.append(
        Finding(.blankPaddedName, message, at: table.origin(label.offset), field: .categoryID))
    }
    let names = table.invisible
    if names.count == 0 { return }
    let rows = names.count == 1 ? "1 row" : "\(names.count) rows"
    imported.findings.append(
      Finding(
        .blankPaddedName,
        "invisible characters around the image's name are left out in \(rows): "
          + names.first.quotedWithInvisibles,
        at: table.origin(names.offset)))
  }

  /// Notes what was understood of a table.
  mutating func add(_ text: String, of table: CSVTable) {
    if let index = notes.firstIndex(where: { $0.text == text }) {
      notes[index].count += 1
    } else {
      notes.append((text, table.path, 1))
    }
  }

  /// Adds the notes to `imported`, those of many tables as one.
  func finish(_ imported: inout Imported) {
    for note in notes {
      let more = note.count > 1 ? " and \(note.count - 1) more" : ""
      imported.notes.append("\(note.first)\(more): \(note.text)")
    }
  }
}
