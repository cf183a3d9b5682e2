import Files

/// The common part of the decoders of images, annotations and categories: ids, faults, findings.
struct RecordDecoder<Record: Sendable> {
  let source: Int
  let kind: Rejection.Kind
  /// The treatment of ids and repairs.
  var manner = ReadingManner()
  var batch = RecordBatch<Record>()
  /// Whether the current record has been repaired.
  private(set) var hasRepaired = false
  /// The offset in the file of the text that holds the current record.
  private(set) var base = 0
  /// The control characters within the texts of the record that comes next.
  var controls: [(offset: Int, byte: UInt8)] = []
  /// Whether the record that is being read has some, so that no rule needs to report its name.
  private(set) var holdsControls = false
  /// The repairs of the current record, each once.
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
    holdsControls = false
    hasRepaired = false
    repairs.removeAll()
  }

  /// Adds the record to the batch.
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

  /// Rejects a record with the reason and the place of the value that is to blame.
  mutating func reject(_ fault: RecordFault, _ element: JSONNode, base: Int) {
    while batch.namedIDs.last?.index == batch.records.count { batch.namedIDs.removeLast() }
    let finding = Finding(
      fault.kind, severity: .error, fault.message, at: origin(base + fault.offset))
    batch.rejections.append(Rejection(kind, finding, record: element.raw))
    batch.rejectedIDs.append(RejectedIDs(kind, element))
  }

  /// Leaves out a part that the record can lack, with the reason.
  mutating func leaveOut(
    _ field: RecordField, _ fault: RecordFault, of record: Origin?
  ) {
    repair("\(field.rawValue) that cannot be read left out")
    find(fault.kind, "\(fault.message), left out", at: base + fault.offset)
    if let record { batch.reported.leaveOut(field, of: record) }
  }

  /// Returns a member that COCO does not name; values in it that are not JSON are reported.
  mutating func member(_ key: JSONNode, _ value: JSONNode, base: Int) -> JSONObject.Member {
    reportFault(in: value, base: base)
    return JSONObject.Member(
      name: String(decoding: key.bytes, as: UTF8.self), value: JSONValue(value))
  }

  /// Returns an object that is kept unchanged; values in it that are not JSON are reported.
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
    batch.rejectedIDs.append(RejectedIDs(kind, scanning: raw))
  }

  mutating func repair(_ what: String) {
    hasRepaired = true
    if !repairs.contains(what) { repairs.append(what) }
  }

  /// Reports the control characters of the record that is being read, which are kept.
  @inline(__always)
  mutating func tellControls() {
    if !controls.isEmpty { tellExpectedControls() }
  }

  @inline(never)
  private mutating func tellExpectedControls() {
    defer { controls = [] }
    holdsControls = true
    repair("control character within a text kept")
    guard let first = controls.first else { return }
    let edits = controls.map { offset, byte in
      Fix.Edit.replaceText(offset..<offset + 1, with: Self.escape(byte))
    }
    // Programs that read JSON refuse the whole file, whether it is judged or only read here.
    find(
      .malformedValue, severity: manner.tellsRepairs ? nil : .warning,
      "expected the escape \(Self.escape(first.byte)) within a text, found the character itself, "
        + "which JSON forbids", at: first.offset,
      fixes: [Fix("write \(Self.escape(first.byte))", isSafe: true, edits: edits)])
  }

  private static func escape(_ byte: UInt8) -> String {
    if byte == UInt8(ascii: "\t") { return "\\t" }
    let digits = String(byte, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// Notes that a value is read as if `text` stood there.
  mutating func repair(
    _ what: String, _ node: JSONNode, as text: String, _ kind: FaultKind,
    severity: Finding.Severity? = nil, expected: String
  ) {
    repair(what)
    guard manner.tellsRepairs else { return }
    find(
      kind, severity: severity, "\(expected), found \(node.excerpt)", at: base + node.offset,
      fixes: [writing(text, for: node)])
  }

  /// Returns the fix that writes `text` in place of a value.
  func writing(_ text: String, for node: JSONNode, isSafe: Bool = true) -> Fix {
    Fix.writing(text, at: (base + node.offset)..<(base + node.rawEnd), isSafe: isSafe)
  }

  /// Returns the id of the image that a record is listed under, whose faults have been reported.
  mutating func id(ofOwner node: JSONNode) throws(RecordFault) -> Int {
    let before = batch.namedIDs.count
    let id = try id(node, as: .image, "id")
    if batch.namedIDs.count > before { batch.namedIDs[before].place = nil }
    return id
  }

  /// Returns a whole number, also if it is written as text; a word is recorded under `role` and
  /// numbered later.
  @inline(__always)
  mutating func id(
    _ node: JSONNode, as role: NamedID.Role, _ name: String
  ) throws(RecordFault) -> Int {
    if let integer = node.integer { return integer }
    return try unusualID(node, as: role, name)
  }

  @inline(never)
  private mutating func unusualID(
    _ node: JSONNode, as role: NamedID.Role, _ name: String
  ) throws(RecordFault) -> Int {
    let expected = "\(name): expected a whole number"
    guard let word = node.idWord else {
      throw RecordFault(.malformedValue, "\(expected), found \(node.excerpt)", node.offset)
    }
    if node.kind == .string, manner.keepsTextIDs {
      remember(NamedID.textMark + word, as: role, node, expected)
      return 0
    }
    if let number = Int(word) {
      repair(
        IDRepair.text, node, as: String(number), .nonIntegerID,
        expected: expected)
      return number
    }
    if node.kind == .string {
      repair(IDRepair.word)
    } else {
      repair(IDRepair.huge)
    }
    remember(word, as: role, node, node.kind == .string ? expected : expected + " below 2^63")
    return 0
  }

  private mutating func remember(
    _ word: String, as role: NamedID.Role, _ node: JSONNode, _ expected: String
  ) {
    var named = NamedID(index: batch.records.count, role: role, name: word)
    if manner.tellsRepairs {
      named.message = "\(expected), found \(node.raw)"
      named.place = (base + node.offset)..<(base + node.rawEnd)
    }
    batch.namedIDs.append(named)
  }
}

/// The messages about ids that are no whole numbers.
enum IDRepair {
  static let text = "id written as text read as a number"
  static let word = "id that is a word given a number"
  static let huge = "id beyond 64 bits given another number"
  static let missing = "annotation without id given one"
  static let all: Set<String> = [text, word, huge, missing]
}

/// The treatment of values that are not written as in COCO.
struct ReadingManner: Sendable {
  /// Whether each repair becomes a finding too, with its place and the text to write instead.
  var tellsRepairs = false
  /// Whether an id that is a text is another one than the number that it reads as, as in Python.
  var keepsTextIDs = false
  /// Whether rings that are no outline are reported, for callers that run no rules.
  var tellsRings = false
}
