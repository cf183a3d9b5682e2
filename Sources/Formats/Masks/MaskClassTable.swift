import Files

/// A table of any name that gives each class a colour, and perhaps a value.
enum MaskClassTable {
  /// The largest file in bytes; larger ones hold more than classes.
  private static let largest = 1 << 16
  private static let names: Set<String> = [
    "class", "classes", "classname", "category", "label", "labels", "labelname", "name", "names",
    "object", "objectname",
  ]
  private static let values: Set<String> = ["pixelvalue", "value", "id", "index"]
  private static let colours: [Set<String>] = [
    ["r", "red", "colorr", "colourr"], ["g", "green", "colorg", "colourg"],
    ["b", "blue", "colorb", "colourb"],
  ]

  /// Returns the entry of each row of a table with a column of names; none if there is no such
  /// column.
  static func entries(_ text: String) -> [MaskClasses.Entry] {
    let rows = rows(of: text)
    guard let header = rows.first?.map({ $0.lowercased().filter(\.isLetter) }),
      let name = header.firstIndex(where: names.contains)
    else { return [] }
    let value = header.firstIndex(where: values.contains)
    let data = rows.dropFirst()
    let single = header.indices.first { column in
      column != name && !data.isEmpty
        && data.allSatisfy { $0.count > column && colour($0[column]) != nil }
    }
    let three = colours.compactMap { header.firstIndex(where: $0.contains) }
    return data.compactMap { row in
      guard name < row.count else { return nil }
      var found = single.flatMap { colour(row[$0]) }
      if found == nil, three.count == 3, three.allSatisfy({ $0 < row.count }) {
        found = colour(parts: three.map { row[$0] })
      }
      let number = value.flatMap { $0 < row.count ? UInt32(row[$0]) : nil }
      guard number != nil || found != nil else { return nil }
      return MaskClasses.Entry(name: row[name], value: number, colour: found)
    }
  }

  /// Returns whether a file of any name is a table of classes and their colours.
  static func isOne(_ file: String) -> Bool {
    guard Path.ends(file, in: "csv") || Path.ends(file, in: "tsv"),
      let status = FileStatus(file), status.size <= largest,
      let bytes = try? InputFile.contents(file)
    else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    let entries = entries(text)
    return !entries.isEmpty && entries.count == rows(of: text).count - 1
      && entries.allSatisfy { $0.colour != nil }
      && Set(entries.map(\.colour)).count == entries.count
  }

  /// Returns the colour in a cell: `r,g,b` with or without brackets around it, or `#rrggbb`.
  private static func colour(_ cell: String) -> UInt32? {
    if cell.hasPrefix("#") {
      return cell.utf8.count == 7 ? UInt32(cell.dropFirst(), radix: 16) : nil
    }
    let inner = cell.filter { !"()[]{}".contains($0) }
    return colour(parts: inner.split { ",; \t".contains($0) }.map(String.init))
  }

  private static func colour(parts: [String]) -> UInt32? {
    let numbers = parts.compactMap { UInt8($0) }
    guard numbers.count == 3, parts.count == 3 else { return nil }
    return numbers.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Returns the cells of all rows that hold something, without quotes and blanks around them.
  private static func rows(of text: String) -> [[String]] {
    let lines = text.split(whereSeparator: \.isNewline)
    let others: [Character] = ["\t", ";"]
    let separator = others.first { lines.first?.contains($0) == true } ?? ","
    return lines.map { cells(of: $0, separator) }
      .filter { $0.contains { !$0.isEmpty } }
  }

  private static func cells(of line: Substring, _ separator: Character) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    // Brackets keep together what commas part, as quotes do.
    var depth = 0
    for character in line {
      switch character {
      case "\u{FEFF}": continue
      case "\"": isQuoted.toggle()
      case separator where !isQuoted && depth == 0:
        cells.append(String(Substring(cell).trimmed))
        cell = ""
      default:
        if "([".contains(character) { depth += 1 }
        if ")]".contains(character) { depth = max(depth - 1, 0) }
        cell.append(character)
      }
    }
    return cells + [String(Substring(cell).trimmed)]
  }
}
