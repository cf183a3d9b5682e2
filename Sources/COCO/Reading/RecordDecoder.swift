import Files

/// What the decoders of images, annotations and categories share: ids, faults, findings.
struct RecordDecoder<Record: Sendable> {
  let source: Int
  let kind: Rejection.Kind
  /// Whether each repair becomes a finding too, with its place and the text to write instead.
  var tellsRepairs = false
  var batch = RecordBatch<Record>()
  /// Whether the record that is being read has been repaired.
  private(set) var hasRepaired = false
  /// Where the text of the record that is being read stands in the file.
  private var base = 0
  /// What has been repaired in it, each once.
  private var repairs: [String] = []

  init(source: Int, kind: Rejection.Kind) {
    self.source = source
    self.kind = kind
  }

  /// Begins a record.
  mutating func meet(base: Int) {
    batch.met += 1
    self.base = base
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
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String, at offset: Int,
    fixes: [Fix] = []
  ) {
    batch.findings.append(
      Finding(kind, severity: severity, message, at: origin(offset), fixes: fixes))
  }

  /// Leaves a record out and says why, with the place of the value that is to blame.
  mutating func reject(_ fault: RecordFault, _ element: JSONNode, base: Int) {
    while batch.namedIDs.last?.index == batch.records.count { batch.namedIDs.removeLast() }
    let finding = Finding(
      fault.kind, severity: .error, fault.message, at: origin(base + fault.offset))
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
      .malformedValue, severity: .warning,
      "expected a JSON value, found \(fault.raw), kept as text",
      at: base + fault.offset)
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    batch.met += 1
    let finding = Finding(.malformedFile, reason, at: origin(offset))
    batch.rejections.append(Rejection(kind, finding, record: raw))
  }

  mutating func repair(_ what: String) {
    hasRepaired = true
    if !repairs.contains(what) { repairs.append(what) }
  }

  /// Notes that a value is read as if `text` stood there.
  mutating func repair(
    _ what: String, _ node: JSONNode, as text: String, _ kind: FaultKind,
    severity: Finding.Severity? = nil, expected: String
  ) {
    repair(what)
    guard tellsRepairs else { return }
    find(
      kind, severity: severity, "\(expected), found \(node.raw)", at: base + node.offset,
      fixes: [writing(text, for: node)])
  }

  /// The fix that writes `text` where a value stands.
  func writing(_ text: String, for node: JSONNode, isSafe: Bool = true) -> Fix {
    Fix.writing(text, at: (base + node.offset)..<(base + node.rawEnd), isSafe: isSafe)
  }

  /// A whole number, also where it is written as text; a word is remembered under `role` and
  /// numbered later.
  mutating func id(
    _ node: JSONNode, as role: NamedID.Role, _ name: String
  ) throws(RecordFault) -> Int {
    if let integer = node.integer { return integer }
    guard let text = node.string, !text.isEmpty else {
      throw RecordFault(
        .malformedValue, "\(name): expected a whole number, found \(node.raw)", node.offset)
    }
    let expected = "\(name): expected a whole number"
    if let number = Int(text) {
      repair(
        "id written as text read as a number", node, as: String(number), .nonIntegerID,
        expected: expected)
      return number
    }
    repair("id that is a word given a number")
    var named = NamedID(index: batch.records.count, role: role, name: text)
    if tellsRepairs {
      named.message = "\(expected), found \(node.raw)"
      named.place = (base + node.offset)..<(base + node.rawEnd)
    }
    batch.namedIDs.append(named)
    return 0
  }
}

/// Why a record cannot be taken over; the offset is in the text.
struct RecordFault: Error {
  var kind: FaultKind
  var message: String
  var offset: Int

  init(_ kind: FaultKind, _ message: String, _ offset: Int) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }

  /// What is said of the record that a cut file ends in.
  static let cutByTheEnd = "the file ends inside this record"

  static func missing(_ name: String, in element: JSONNode) -> RecordFault {
    RecordFault(.missingField, "the record has no \"\(name)\"", element.offset)
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

extension Fix {
  /// The fix that writes `text` in place of the bytes at `place`.
  static func writing(_ text: String, at place: Range<Int>, isSafe: Bool) -> Fix {
    Fix("write \(text)", isSafe: isSafe, edits: [.replaceText(place, with: text)])
  }
}

/// A decoder whose elements are one record each.
protocol JSONRecordDecoder: JSONElementDecoder where Batch == RecordBatch<Record> {
  associatedtype Record: Sendable
  var records: RecordDecoder<Record> { get set }
  /// The record that `element` is.
  mutating func record(_ element: JSONNode, base: Int) throws(RecordFault) -> Record
}

extension JSONRecordDecoder {
  /// The same decoder, which tells of repairs or does not.
  func telling(repairs: Bool) -> Self {
    var decoder = self
    decoder.records.tellsRepairs = repairs
    return decoder
  }

  mutating func decode(_ element: JSONNode, base: Int) {
    records.meet(base: base)
    do throws(RecordFault) {
      records.accept(try record(element, base: base))
    } catch {
      records.reject(error, element, base: base)
    }
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    records.reject(raw, at: offset, reason: reason)
  }

  mutating func find(_ message: String, at offset: Int) {
    records.find(.malformedFile, message, at: offset)
  }

  consuming func finish() -> RecordBatch<Record> { records.batch }
}
