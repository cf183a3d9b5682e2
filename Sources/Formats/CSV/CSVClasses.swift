import COCO
import Files

/// The classes of all tables in their order, and what each table's classes are among them.
struct CSVClasses: Sendable {
  private(set) var names: [String] = []
  /// The class of each label of each table; -1 for a label that a list calls no class.
  private(set) var numbers: [[Int32]] = []
  private(set) var notes: [String] = []
  /// The lists that name classes, each once.
  private(set) var lists: [CSVClassList] = []
  /// Whether names stand in an order of their own.
  private var listed: [String] = []

  init(_ tables: [CSVTable], options: ImportOptions) {
    var resolved: [[String?]] = []
    var listsByFolder: [String: [CSVClassList]] = [:]
    for table in tables {
      let folder = Path.folder(of: table.path)
      let lists = listsByFolder[folder] ?? CSVClassList.lists(in: folder)
      listsByFolder[folder] = lists
      resolved.append(resolve(table, lists))
    }
    let given = options.classNames ?? []
    if listed.isEmpty { resolved = byPosition(resolved, in: given) }
    let used = Set(resolved.joined().compactMap { $0 })
    let rest = used.subtracting(given).subtracting(given.isEmpty ? listed : [])
    names = (given.isEmpty ? listed : given) + Self.sorted(rest, tables, resolved)
    var indices: [String: Int32] = [:]
    for (index, name) in names.enumerated() where indices[name] == nil {
      indices[name] = Int32(index)
    }
    numbers = resolved.map { labels in labels.map { $0.flatMap { indices[$0] } ?? -1 } }
  }

  /// Returns the names of a table's labels; nil for those that are not in its list.
  private mutating func resolve(_ table: CSVTable, _ lists: [CSVClassList]) -> [String?] {
    let labels = table.labels.map(\.name)
    if let list = lists.first(where: { !$0.names.isEmpty }), !labels.isEmpty {
      let known = Set(list.names.values)
      let resolved = labels.map { label -> String? in
        known.contains(label) ? label : Int(label).flatMap { list.names[$0] }
      }
      if resolved.contains(where: { $0 != nil }) {
        if !self.lists.contains(where: { $0.path == list.path }) { self.lists.append(list) }
        for name in list.ordered where !listed.contains(name) { listed.append(name) }
        notes.append("\(table.path): classes and their order are those of \(list.path)")
        return resolved
      }
      notes.append("\(list.path) names none of the classes of \(table.path) and is left out")
    }
    return labels.map { label in
      for list in lists { if let name = list.descriptions[label] { return name } }
      return label
    }
  }

  /// Returns the places at which lists name classes, by name; the lists become sources.
  func origins(_ sources: inout Sources) -> [String: Origin] {
    var origins: [String: Origin] = [:]
    for list in lists {
      let file = sources.add(list.path)
      for (name, place) in list.places where origins[name] == nil {
        origins[name] = Origin(file: file, offset: place)
      }
    }
    return origins
  }

  /// Returns the user's names in place of classes that are all numbers, if there are as many: from
  /// 0, or from 1 if the last number requires it.
  private mutating func byPosition(_ labels: [[String?]], in given: [String]) -> [[String?]] {
    let numbers = labels.joined().compactMap { $0 }.map { Int($0) }
    let known = numbers.compactMap { $0 }
    guard let low = known.min(), let high = known.max(), known.count == numbers.count,
      !given.isEmpty, !given.contains(where: { Int($0) != nil })
    else { return labels }
    let first = low == 0 && high < given.count ? 0 : low >= 1 && high == given.count ? 1 : nil
    guard let first else { return labels }
    notes.append("classes are numbers from \(first) and get the names of --categories in order")
    return labels.map { $0.map { $0.flatMap { Int($0) }.map { given[$0 - first] } } }
  }

  /// Returns names in the order of the numbers that a column beside them gives, by value if they
  /// are numbers, or else alphabetically.
  private static func sorted(
    _ names: Set<String>, _ tables: [CSVTable], _ resolved: [[String?]]
  ) -> [String] {
    var ids: [String: Int] = [:]
    for (table, labels) in zip(tables, resolved) {
      for (label, name) in zip(table.labels, labels) {
        if let name, let id = label.id, ids[name] == nil { ids[name] = id }
      }
    }
    if names.contains(where: { ids[$0] == nil }) {
      ids = [:]
      for name in names { ids[name] = Int(name) }
    }
    guard names.allSatisfy({ ids[$0] != nil }) else { return names.sorted() }
    return names.sorted { (ids[$0] ?? 0, $0) < (ids[$1] ?? 0, $1) }
  }
}

/// A file that lists the classes: keras-retinanet's `classes.csv` (`name,id`) or OpenImages'
/// `class-descriptions*.csv` (`/m/01,name`).
struct CSVClassList: Sendable {
  private(set) var path: String
  /// The names by number.
  private(set) var names: [Int: String] = [:]
  /// The names by the word that stands for them.
  private(set) var descriptions: [String: String] = [:]
  /// The place of each numbered name in the file.
  private(set) var places: [String: Int] = [:]

  /// The fields of a row with their starts in the file.
  private typealias Row = [(text: String, place: Int)]

  /// Returns whether the file is such a list by its name.
  static func isList(_ path: String) -> Bool {
    let name = Path.name(of: path).lowercased()
    return numberedNames.contains(name) || isDescriptions(name)
  }

  private static let numberedNames = ["classes.csv", "class_list.csv"]

  private static func isDescriptions(_ name: String) -> Bool {
    name.includes("class-descriptions") && name.hasSuffix(".csv")
  }

  /// Returns the lists in a folder.
  static func lists(in folder: String) -> [CSVClassList] {
    guard let entries = try? Folder.entries(of: folder) else { return [] }
    return entries.map(\.name).filter(isList).sorted().compactMap {
      CSVClassList(Path.join(folder, $0))
    }
  }

  /// Reads a list; nil if the file is none.
  init?(_ path: String) {
    self.path = path
    guard let file = try? InputFile.contents(path), let text = try? CSVText(file) else {
      return nil
    }
    let rows = text.bytes.withUnsafeBufferPointer { bytes in
      let dialect = CSVDialect(of: bytes, from: text.start)
      var scanner = CSVRowScanner(bytes, dialect)
      var rows: [Row] = []
      var offset = dialect.start
      while offset < bytes.count {
        offset = scanner.scan(from: offset)
        let row: Row = scanner.fields.map { field in
          var field = field
          let trimmed = CSVDialect.trimmed(field, in: bytes)
          field.end -= field.end - field.start - trimmed.count
          return (dialect.string(field, in: bytes) ?? "", text.fileOffset(field.start))
        }
        if row.count >= 2 { rows.append(row) }
      }
      return rows
    }
    if Self.isDescriptions(Path.name(of: path).lowercased()) {
      for row in rows { descriptions[row[0].text] = descriptions[row[0].text] ?? row[1].text }
    } else {
      readNumbers(rows)
    }
    if names.isEmpty, descriptions.isEmpty { return nil }
  }

  /// Chooses the column that holds numbers in most rows as that of the numbers.
  private mutating func readNumbers(_ rows: [Row]) {
    let counts = [0, 1].map { column in rows.count { Int($0[column].text) != nil } }
    let number = counts[0] > counts[1] ? 0 : 1
    for row in rows {
      guard let id = Int(row[number].text), names[id] == nil else { continue }
      let (name, place) = row[1 - number]
      names[id] = name
      if places[name] == nil { places[name] = place }
    }
  }

  /// The names in the order of their numbers.
  var ordered: [String] {
    names.sorted { $0.key < $1.key }.map(\.value)
  }
}
