import COCO
import Files

/// The tables of which one repeats the rows of others, as `annotations.csv` does beside `train.csv`
/// and `test.csv` made from it. Each image is read once, from the table that gives its split.
struct CSVRepeatedTables {
  /// The rows of an image, in any order.
  private struct Rows: Equatable {
    var count = 0
    var hash: UInt64 = 0
  }

  /// The tables without those that others hold whole.
  private(set) var tables: [CSVTable]
  /// The images of each of `tables` that are read from others.
  private(set) var skipped: [Set<Int>]
  private(set) var notes: [String] = []

  init(_ all: [CSVTable]) {
    tables = all
    skipped = all.map { _ in [] }
    guard all.count > 1 else { return }
    let rows = all.map(Self.rows)
    var isDropped = all.map { _ in false }
    for whole in all.indices.sorted(by: { (rows[$0].count, $1) > (rows[$1].count, $0) }) {
      guard Self.mayBeWhole(all[whole].path) else { continue }
      let others = all.indices.filter { $0 != whole && !isDropped[$0] }
      let parts = others.filter { Self.isPart(rows[$0], of: rows[whole]) }
      if parts.isEmpty {
        isDropped[whole] = dropSum(of: others, all, rows, whole)
        continue
      }
      let names = parts.reduce(into: Set<String>()) { $0.formUnion(rows[$1].keys) }
      let pictures = all[whole].pictures.indices.filter { number in
        names.contains(Path.name(of: all[whole].pictures[number].name))
      }
      let partNames = Self.list(parts.map { all[$0].path })
      if pictures.count == all[whole].pictures.count {
        isDropped[whole] = true
        notes.append("\(all[whole].path) holds the same rows as \(partNames) and is not read twice")
      } else {
        skipped[whole] = Set(pictures)
        notes.append(
          "\(pictures.count) of \(all[whole].pictures.count) images of \(all[whole].path) are "
            + "in \(partNames) with the same boxes and are read from there")
      }
    }
    noteShared(all, rows, isDropped)
    tables = all.indices.filter { !isDropped[$0] }.map { all[$0] }
    skipped = all.indices.filter { !isDropped[$0] }.map { skipped[$0] }
  }

  /// Returns whether the rows of some tables together are those of a whole one: then single objects
  /// were assigned to splits, and an image may be in several.
  private mutating func dropSum(
    of others: [Int], _ all: [CSVTable], _ rows: [[String: Rows]], _ whole: Int
  ) -> Bool {
    let parts = others.filter { part in
      CSVSplits.isSplit(CSVSplits.name(of: Path.withoutExtension(Path.name(of: all[part].path))))
    }
    guard parts.count > 1 else { return false }
    let sum = parts.reduce(into: [String: Rows]()) { sum, part in
      for (name, own) in rows[part] {
        sum[name, default: Rows()].count += own.count
        sum[name, default: Rows()].hash &+= own.hash
      }
    }
    guard sum == rows[whole] else { return false }
    notes.append(
      "\(all[whole].path) holds the same rows as \(Self.list(parts.map { all[$0].path })) together "
        + "and is not read twice; they share images, whose objects are in one or the other")
    return true
  }

  /// Returns whether a table may hold all rows. One of a single split may not: its shared rows are
  /// reported, and it is kept.
  private static func mayBeWhole(_ path: String) -> Bool {
    let split = CSVSplits.name(of: Path.withoutExtension(Path.name(of: path)))
    return !CSVSplits.isSplit(split) || split == "trainval"
  }

  private static func isPart(_ part: [String: Rows], of whole: [String: Rows]) -> Bool {
    !part.isEmpty && part.count <= whole.count && part.contains { $0.value.count > 0 }
      && part.allSatisfy { whole[$0.key] == $0.value }
  }

  /// Returns a table's rows by the images' names without folders.
  private static func rows(of table: CSVTable) -> [String: Rows] {
    let labels = table.labels.map { hash($0.name.utf8) }
    var all: [String: Rows] = [:]
    for number in table.pictures.indices {
      var rows = Rows()
      table.forEachRow(of: number) { _, row in
        rows.count += 1
        var hash = labels[Int(row.label)]
        for value in [row.first, row.second, row.third, row.fourth] {
          hash = (hash ^ value.bitPattern) &* 0x9E37_79B9_7F4A_7C15
          hash ^= hash >> 29
        }
        rows.hash &+= hash
      }
      let name = Path.name(of: table.pictures[number].name)
      all[name, default: Rows()].count += rows.count
      all[name, default: Rows()].hash &+= rows.hash
    }
    return all
  }

  private static func hash(_ text: String.UTF8View) -> UInt64 {
    text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// Notes which tables that are both read have images with the same boxes.
  private mutating func noteShared(
    _ all: [CSVTable], _ rows: [[String: Rows]], _ isDropped: [Bool]
  ) {
    for one in all.indices where !isDropped[one] {
      for other in all.indices where other > one && !isDropped[other] {
        let skips = !skipped[one].isEmpty || !skipped[other].isEmpty
        if skips { continue }
        let shared = rows[one].filter { $0.value.count > 0 && rows[other][$0.key] == $0.value }
        guard let first = shared.keys.min() else { continue }
        let pictures = shared.count == 1 ? "1 image" : "\(shared.count) images"
        notes.append(
          "\(all[one].path) and \(all[other].path) share \(pictures) with the same boxes, the "
            + "first is \(first)")
      }
    }
  }

  private static func list(_ paths: [String]) -> String {
    let most = 3
    guard paths.count > 1 else { return paths.first ?? "" }
    if paths.count > most {
      return paths.prefix(most).joined(separator: ", ") + " and \(paths.count - most) more tables"
    }
    return paths.dropLast().joined(separator: ", ") + " and " + (paths.last ?? "")
  }
}
