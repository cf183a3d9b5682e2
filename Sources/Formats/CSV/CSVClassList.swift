import COCO
import Files

/// A file that says which classes there are: keras-retinanet's `classes.csv` (`name,id`) or
/// OpenImages' `class-descriptions*.csv` (`/m/01,name`).
struct CSVClassList: Sendable {
  private(set) var path: String
  /// Names by number.
  private(set) var names: [Int: String] = [:]
  /// Names by the word that stands for them.
  private(set) var descriptions: [String: String] = [:]
  /// Where each name of a number stands in the file.
  private(set) var places: [String: Int] = [:]

  /// The fields of a row and where they begin in the file.
  private typealias Row = [(text: String, place: Int)]

  /// Whether the file is such a list by its name.
  static func isList(_ path: String) -> Bool {
    let name = Path.name(of: path).lowercased()
    return numberedNames.contains(name) || isDescriptions(name)
  }

  private static let numberedNames = ["classes.csv", "class_list.csv"]

  private static func isDescriptions(_ name: String) -> Bool {
    name.contains("class-descriptions") && name.hasSuffix(".csv")
  }

  /// The lists in a folder.
  static func lists(in folder: String) -> [CSVClassList] {
    guard let entries = try? Folder.entries(of: folder) else { return [] }
    return entries.map(\.name).filter(isList).sorted().compactMap {
      CSVClassList(Path.join(folder, $0))
    }
  }

  /// nil where the file is no such list.
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

  /// Takes the column that holds numbers in most rows as that of the numbers.
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
