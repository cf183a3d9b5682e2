import Files

/// The reason why a record cannot be read; the offset is in the text.
struct RecordFault: Error {
  var kind: FaultKind
  var message: String
  var offset: Int

  init(_ kind: FaultKind, _ message: String, _ offset: Int) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }

  /// The message for the record that a cut file ends in.
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
  /// Returns the fix that writes `text` in place of the bytes at `place`.
  static func writing(_ text: String, at place: Range<Int>, isSafe: Bool) -> Fix {
    Fix("write \(text)", isSafe: isSafe, edits: [.replaceText(place, with: text)])
  }
}

/// A decoder whose elements are one record each.
protocol JSONRecordDecoder: JSONElementDecoder where Batch == RecordBatch<Record> {
  associatedtype Record: Sendable
  var records: RecordDecoder<Record> { get set }
  /// Returns the record in `element`.
  mutating func record(_ element: JSONNode, base: Int) throws(RecordFault) -> Record
}

extension JSONRecordDecoder {
  /// Returns the same decoder with this treatment of values.
  func reading(in manner: ReadingManner) -> Self {
    var decoder = self
    decoder.records.manner = manner
    return decoder
  }

  mutating func expect(controls: [(offset: Int, byte: UInt8)]) {
    records.controls = controls
  }

  mutating func decode(_ element: JSONNode, base: Int) {
    records.meet(base: base)
    records.tellControls()
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
