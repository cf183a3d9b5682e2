public import Files

/// An encoder of findings as JSON that gives places as lines and columns, without the files.
public struct FindingEncoder {
  private var finder: PlaceFinder

  /// Creates an encoder.
  ///
  /// - Parameter sources: The sources that the findings' places refer to.
  public init(_ sources: Sources) {
    finder = PlaceFinder(sources)
  }

  /// Returns a finding with its kind, severity, message, record, fixes and place.
  public mutating func json(_ finding: Finding) -> JSONObject {
    var object: JSONObject = [
      "kind": .string(finding.kind.rawValue), "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message),
    ]
    if let path = finding.path { object["path"] = .string(path) }
    if let field = finding.field { object["field"] = .string(field.rawValue) }
    if let record = finding.record {
      object["record"] = [
        .string(record.kind.rawValue), .integer(record.dataset), .integer(record.index),
      ]
    }
    if !finding.fixes.isEmpty {
      object["fixes"] = .array(
        finding.fixes.map { .object(["title": .string($0.title), "safe": .bool($0.isSafe)]) })
    }
    object["at"] = finding.origin.map { json($0) }
    return object
  }

  /// Returns a place: the number of its file, the offset, the line and the column.
  public mutating func json(_ origin: Origin) -> JSONValue {
    let place = finder.place(of: origin)
    return .array([origin.file, origin.offset, place.line, place.column].map { .integer($0) })
  }
}

/// A decoder of findings that a `FindingEncoder` wrote. Their fixes have titles but no edits.
public struct FindingDecoder {
  /// The paths of the files, numbered from 0 in the encoded findings, and the numbers they get.
  private let paths: [String]
  private let numbers: [Int]
  /// The places of all findings read so far.
  public private(set) var places: [Origin: Place] = [:]

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - paths: The paths of the files, in the encoder's order.
  ///   - numbers: The number that each file gets in the decoded findings.
  public init(paths: [String], numbers: [Int]) {
    (self.paths, self.numbers) = (paths, numbers)
  }

  /// Returns the finding that `json` holds; nil if it is no finding.
  public mutating func finding(_ json: JSONObject) -> Finding? {
    guard let kind = json["kind"]?.string.flatMap({ FaultKind(rawValue: $0) }),
      let severity = json["severity"]?.string.flatMap({ Finding.Severity(rawValue: $0) }),
      let message = json["message"]?.string
    else { return nil }
    var finding = Finding(kind, severity: severity, message)
    finding.path = json["path"]?.string
    finding.field = json["field"]?.string.flatMap { RecordField(rawValue: $0) }
    finding.record = json["record"]?.list.flatMap(Self.record)
    finding.fixes = (json["fixes"]?.list ?? []).compactMap(Self.fix)
    guard let at = json["at"] else { return finding }
    finding.origin = origin(at)
    return finding.origin == nil ? nil : finding
  }

  /// Returns the place that `json` holds; nil if it is no place.
  public mutating func origin(_ json: JSONValue) -> Origin? {
    guard let at = json.list?.compactMap(\.integer), at.count == 4,
      numbers.indices.contains(at[0]), (0..<(1 << 24)).contains(numbers[at[0]]),
      (0..<(1 << 40)).contains(at[1])
    else { return nil }
    let origin = Origin(file: numbers[at[0]], offset: at[1])
    places[origin] = Place(path: paths[at[0]], line: at[2], column: at[3])
    return origin
  }

  private static func record(_ list: [JSONValue]) -> RecordReference? {
    guard list.count == 3, let kind = list[0].string.flatMap({ Rejection.Kind(rawValue: $0) }),
      let dataset = list[1].integer, let index = list[2].integer
    else { return nil }
    return RecordReference(kind, index, dataset: dataset)
  }

  private static func fix(_ json: JSONValue) -> Fix? {
    guard let title = json.object?["title"]?.string,
      case .bool(let isSafe)? = json.object?["safe"]
    else { return nil }
    return Fix(title, isSafe: isSafe, edits: [])
  }
}
