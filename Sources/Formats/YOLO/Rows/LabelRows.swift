/// The rows of a YOLO label file, each field with its place in the file.
struct LabelRows: Sendable {
  let text: EncodedText
  /// The characters, a byte each, ended by a line feed; the text begins at `first`.
  private let characters: [UInt8]
  private let first: Int
  /// The starts of the rows that hold something, in bytes of the file.
  private(set) var starts: [Int] = []

  init(_ bytes: [UInt8]) {
    text = EncodedText(bytes)
    let end = text.bytes.count - (text.bytes.count - text.start) % text.step
    characters = text.ascii(text.start..<end) + [UInt8(ascii: "\n")]
    first = text.start
    var row = YOLORow()
    var position = 0
    while nextRow(&row, from: &position) { starts.append(offset(row.starts[0])) }
  }

  /// Returns the place in the file of a character.
  func offset(_ index: Int) -> Int { first + index * text.step }

  private func nextRow(_ row: inout YOLORow, from position: inout Int) -> Bool {
    characters.withUnsafeBufferPointer { characters in
      while position < characters.count, YOLORow.endsField(characters[position]) { position += 1 }
      guard position < characters.count, let base = characters.baseAddress else { return false }
      row.read(base, &position)
      return true
    }
  }

  /// Returns the row that begins at a place in the file; nil if none does.
  func row(at offset: Int) -> LabelRow? {
    guard number(ofRowAt: offset) != nil else { return nil }
    var row = YOLORow()
    var position = (offset - first) / text.step
    guard nextRow(&row, from: &position) else { return nil }
    let fields = row.starts.map { start in
      var end = start
      while !YOLORow.endsField(characters[end]) { end += 1 }
      return self.offset(start)..<self.offset(end)
    }
    return LabelRow(values: row.values, fields: fields, isMalformed: row.malformed != nil)
  }

  /// Returns the number from 1 of the row that begins at a place in the file.
  func number(ofRowAt offset: Int) -> Int? {
    let number = count(ofRowsUpTo: offset)
    return number > 0 && starts[number - 1] == offset ? number : nil
  }

  /// Returns the start of the row that begins last at or before a place in the file.
  func start(ofRowAround offset: Int) -> Int? {
    let number = count(ofRowsUpTo: offset)
    return number > 0 ? starts[number - 1] : nil
  }

  private func count(ofRowsUpTo offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// One row.
struct LabelRow: Sendable {
  var values: [Double]
  /// The place of each number in the file.
  var fields: [Range<Int>]
  var isMalformed: Bool
}
