import COCO
import Files

/// The names of classes by number, with the findings about them.
struct YOLONames: Sendable {
  private(set) var byNumber: [Int: String] = [:]
  /// The number of names that were given, empty ones too.
  private(set) var count = 0
  private(set) var findings: [Finding] = []
  private var last: (number: Int, isUnsorted: Bool) = (-1, false)
  private var origins: [Int: Origin] = [:]
  /// The place of each name itself, the first of equal ones.
  private(set) var places: [String: Origin] = [:]

  init() {}

  /// Creates names that are only counted, at `origin`.
  init(count: Int, at origin: Origin) {
    for number in 0..<count { add(String(number), number: number, at: origin) }
  }

  /// Adds a name at its number. `place` is the place of the name, if that is not `origin`.
  mutating func add(_ name: String, number: Int, at origin: Origin, place: Origin? = nil) {
    guard number >= 0, number <= YOLOClasses.highest else {
      find(.malformedValue, "expected a class number of 0 or more, found \(number)", origin)
      return
    }
    if number < last.number, !last.isUnsorted {
      last.isUnsorted = true
      find(
        .unsortedNamesMap,
        "class \(number) is listed after class \(last.number); the numbers decide, not the order",
        origin)
    }
    last.number = number
    count += 1
    byNumber[number] = name
    origins[number] = origin
    if places[name] == nil { places[name] = place ?? origin }
  }

  mutating func find(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String, _ origin: Origin
  ) {
    findings.append(Finding(kind, severity: severity, message, at: origin))
  }

  /// Examines the names together, once all are present.
  mutating func finish() {
    reportGaps()
    var numbers: [String: Int] = [:]
    for number in byNumber.keys.sorted() {
      guard let name = byNumber[number], let origin = origins[number] else { continue }
      if name.isEmpty {
        find(.emptyName, "class \(number) has no name", origin)
        byNumber[number] = nil
      } else if let first = numbers[name] {
        find(
          .duplicateCategoryName,
          "classes \(first) and \(number) are both called \(name); they become one category",
          origin)
      } else {
        numbers[name] = number
      }
    }
  }

  private mutating func reportGaps() {
    var expected = 0
    var missing: [Int] = []
    var missingCount = 0
    var place: Origin?
    for number in byNumber.keys.sorted() {
      if number > expected {
        place = place ?? origins[number]
        missingCount += number - expected
        missing += (expected..<number).prefix(5 - missing.count)
      }
      expected = number + 1
    }
    guard let place else { return }
    let more = missingCount > missing.count ? " and \(missingCount - missing.count) more" : ""
    find(
      .gappyNamesMap,
      "expected a name for every number below \(expected), found none for "
        + missing.map(String.init).joined(separator: ", ") + more
        + "; the others keep their numbers", place)
  }
}

/// A reader of `classes.txt` and `obj.names`: a name on each line, numbered from 0.
enum NamesFile {
  static func read(_ path: String, into imported: inout Imported) throws -> YOLONames? {
    guard let (text, file) = try LocatedText.read(path, into: &imported) else { return nil }
    var lines = text.lines
    while let last = lines.last, last.text.trimmed.isEmpty { lines.removeLast() }
    var names = YOLONames()
    for (number, line) in lines.enumerated() {
      let name = line.text.trimmed
      let place = name.isEmpty ? line.offset : text.offset(of: name.startIndex)
      names.add(
        String(name), number: number, at: Origin(file: file, offset: line.offset),
        place: Origin(file: file, offset: place))
    }
    names.finish()
    imported.findings += names.findings
    return names.byNumber.isEmpty ? nil : names
  }
}

extension NamesFile {
  /// Returns the file of names of a set without a data file: `classes.txt` or `obj.names`, the one
  /// nearest to the root.
  static func find(in tree: InputTree) -> String? { nearest(in: tree).first }

  /// Returns all such files that are as near to the root as any.
  static func nearest(in tree: InputTree) -> [String] {
    let candidates = tree.files(endingIn: "names", "txt", "labels").filter { path in
      let name = Path.name(of: path).lowercased()
      return Path.fileExtension(path) == "names"
        || ["classes.txt", "_darknet.labels", "obj.names"].contains(name)
    }
    let least = candidates.map(depth).min()
    return candidates.filter { depth($0) == least }
  }

  private static func depth(_ path: String) -> Int {
    path.utf8.count { $0 == UInt8(ascii: "/") }
  }
}
