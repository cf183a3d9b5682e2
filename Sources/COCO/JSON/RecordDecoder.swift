/// What the decoders of images, annotations and categories share: ids, faults, findings.
struct RecordDecoder<Record: Sendable> {
  let source: Int
  let kind: Rejection.Kind
  var batch = RecordBatch<Record>()
  /// Whether the record that is being read has been repaired.
  private(set) var hasRepaired = false
  /// What has been repaired in it, each once.
  private var repairs: [String] = []

  init(source: Int, kind: Rejection.Kind) {
    self.source = source
    self.kind = kind
  }

  /// Begins a record.
  mutating func meet() {
    batch.met += 1
    guard hasRepaired else { return }
    hasRepaired = false
    repairs.removeAll()
  }

  /// Takes the record over.
  mutating func accept(_ record: Record) {
    batch.records.append(record)
    guard hasRepaired else { return }
    for repair in repairs { batch.repairs[repair, default: 0] += 1 }
  }

  func origin(_ offset: Int) -> Origin {
    Origin(file: source, offset: offset)
  }

  mutating func find(
    _ rule: String, _ severity: Finding.Severity, _ message: String, at offset: Int
  ) {
    batch.findings.append(Finding(rule, severity, message, at: origin(offset)))
  }

  /// Leaves a record out and says why, with the place of the value that is to blame.
  mutating func reject(_ fault: RecordFault, _ element: JSONNode, base: Int) {
    while batch.namedIDs.last?.index == batch.records.count { batch.namedIDs.removeLast() }
    let finding = Finding(fault.rule, .error, fault.message, at: origin(base + fault.offset))
    batch.rejections.append(Rejection(kind, finding, record: element.raw))
  }

  /// A key that COCO does not name, with its value; what is no JSON in it is reported.
  mutating func member(_ key: JSONNode, _ value: JSONNode, base: Int) -> JSONObject.Member {
    reportFault(in: value, base: base)
    return JSONObject.Member(
      name: String(decoding: key.bytes, as: UTF8.self), value: JSONValue(value))
  }

  /// An object that is kept as it is; what is no JSON in it is reported.
  mutating func object(_ value: JSONNode, base: Int) -> JSONObject {
    reportFault(in: value, base: base)
    return JSONObject(value)
  }

  private mutating func reportFault(in value: JSONNode, base: Int) {
    guard let fault = value.firstFault else { return }
    repair("value that is no JSON kept as text")
    find(
      "malformed-value", .warning, "expected a JSON value, found \(fault.raw), kept as text",
      at: base + fault.offset)
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    batch.met += 1
    let finding = Finding("malformed-file", .error, reason, at: origin(offset))
    batch.rejections.append(Rejection(kind, finding, record: raw))
  }

  mutating func repair(_ what: String) {
    hasRepaired = true
    if !repairs.contains(what) { repairs.append(what) }
  }

  /// A whole number, also where it is written as text; a word is remembered under `role` and
  /// numbered later.
  mutating func id(
    _ node: JSONNode, as role: NamedID.Role, _ name: String
  ) throws(RecordFault) -> Int {
    if let integer = node.integer { return integer }
    guard let text = node.string, !text.isEmpty else {
      throw RecordFault(
        "malformed-value", "\(name): expected a whole number, found \(node.raw)", node.offset)
    }
    if let number = Int(text) {
      repair("id written as text read as a number")
      return number
    }
    repair("id that is a word given a number")
    batch.namedIDs.append(NamedID(index: batch.records.count, role: role, name: text))
    return 0
  }
}

/// Why a record cannot be taken over; the offset is in the text.
struct RecordFault: Error {
  var rule: String
  var message: String
  var offset: Int

  init(_ rule: String, _ message: String, _ offset: Int) {
    self.rule = rule
    self.message = message
    self.offset = offset
  }

  /// What is said of the record that a cut file ends in.
  static let cutByTheEnd = "the file ends inside this record"

  static func missing(_ name: String, in element: JSONNode) -> RecordFault {
    RecordFault("missing-field", "the record has no \"\(name)\"", element.offset)
  }
}

extension JSONNode {
  /// A number also where `Double` does not hold it exactly, and NaN and infinity, which JSON lacks.
  var lenientNumber: Double? {
    // Runs for every coordinate, and nearly all are plain numbers.
    number ?? unusualNumber
  }

  @inline(never)
  private var unusualNumber: Double? {
    guard kind == .malformed, let number = Double(raw) else { return nil }
    return JSONScanner.isNumber(rawBytes) || !number.isFinite ? number : nil
  }
}
