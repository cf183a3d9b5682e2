public import Files

/// What partial results say of records, with places that need no file to be looked up.
public struct PartialFindings: Sendable {
  public private(set) var findings: [Finding] = []
  /// What the findings' places refer to.
  public private(set) var sources = Sources()

  public init() {}

  /// Adds what a file says. What several say alike, since they are of one input, is said once.
  ///
  /// - Throws: `PartialFault.damaged` where that is not what copra writes.
  public mutating func add(_ file: PartialFile) throws(PartialFault) {
    let section = try file.section("findings")
    guard section.count > 0 else { return }
    guard let text = section.string, let json = JSONTextParser().value(text)?.object,
      let paths = json["sources"]?.list?.compactMap(\.string), let list = json["findings"]?.list
    else { throw .damaged }
    let numbers = paths.map { path in sources.paths.firstIndex(of: path) ?? sources.add(path) }
    var own: [Finding] = []
    for value in list {
      guard let object = value.object, let finding = finding(object, numbers, paths) else {
        throw .damaged
      }
      own.append(finding)
    }
    unite(own)
  }

  /// Adds each finding that is not there as often as it is among `own`.
  private mutating func unite(_ own: [Finding]) {
    var known: [Key: Int] = [:]
    for finding in findings { known[Key(finding), default: 0] += 1 }
    for finding in own {
      let count = known[Key(finding)] ?? 0
      if count > 0 {
        known[Key(finding)] = count - 1
      } else {
        findings.append(finding)
      }
    }
  }

  private struct Key: Hashable {
    let kind: FaultKind
    let message: String
    let origin: Origin?

    init(_ finding: Finding) {
      (kind, message, origin) = (finding.kind, finding.message, finding.origin)
    }
  }

  private mutating func finding(
    _ json: JSONObject, _ numbers: [Int], _ paths: [String]
  ) -> Finding? {
    guard let kind = json["kind"]?.string.flatMap({ FaultKind(rawValue: $0) }),
      let severity = json["severity"]?.string.flatMap({ Finding.Severity(rawValue: $0) }),
      let message = json["message"]?.string
    else { return nil }
    var finding = Finding(kind, severity: severity, message)
    finding.path = json["path"]?.string
    guard let file = json["file"]?.integer else { return finding }
    guard numbers.indices.contains(file), let offset = json["offset"]?.integer,
      (0..<(1 << 40)).contains(offset), let line = json["line"]?.integer,
      let column = json["column"]?.integer
    else { return nil }
    let origin = Origin(file: numbers[file], offset: offset)
    finding.origin = origin
    sources.places[origin] = Place(path: paths[file], line: line, column: column)
    return finding
  }
}

extension PartialWriter {
  /// Writes findings with their places, as the section `findings`.
  public func write(_ findings: [Finding], in sources: Sources) throws {
    try begin("findings")
    guard !findings.isEmpty else { return }
    var finder = PlaceFinder(sources)
    var output = JSONOutput()
    output.append(
      .object([
        "sources": .array(sources.paths.map { .string($0) }),
        "findings": .array(findings.map { .object($0.json(&finder)) }),
      ]))
    try append(output.bytes)
  }
}

extension Finding {
  fileprivate func json(_ finder: inout PlaceFinder) -> JSONObject {
    var object: JSONObject = [
      "kind": .string(kind.rawValue), "severity": .string(severity.rawValue),
      "message": .string(message),
    ]
    if let path { object["path"] = .string(path) }
    guard let origin else { return object }
    let place = finder.place(of: origin)
    object["file"] = .integer(origin.file)
    object["offset"] = .integer(origin.offset)
    object["line"] = .integer(place.line)
    object["column"] = .integer(place.column)
    return object
  }
}
