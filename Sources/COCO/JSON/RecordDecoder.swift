/// What the decoders of images, annotations and categories share: ids, faults, findings.
struct RecordDecoder<Record: Sendable> {
  let source: Int
  let kind: Rejection.Kind
  var batch = RecordBatch<Record>()
  /// Whether the record that is being read has been repaired.
  private(set) var hasRepaired = false

  /// Begins a record.
  mutating func meet() {
    batch.met += 1
    hasRepaired = false
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
    let finding = Finding(fault.rule, .error, fault.message, at: origin(base + fault.offset))
    batch.rejections.append(Rejection(kind, finding, record: element.raw))
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    batch.met += 1
    let finding = Finding("malformed-file", .error, reason, at: origin(offset))
    batch.rejections.append(Rejection(kind, finding, record: raw))
  }

  mutating func repair(_ what: String) {
    hasRepaired = true
    batch.repairs[what, default: 0] += 1
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

  static func missing(_ name: String, in element: JSONNode) -> RecordFault {
    RecordFault("missing-field", "the record has no \"\(name)\"", element.offset)
  }
}

extension JSONNode {
  /// A number in any form that people write: NaN and infinity too, which JSON lacks.
  var lenientNumber: Double? {
    if let number { return number }
    return kind == .malformed ? Double(raw) : nil
  }
}
