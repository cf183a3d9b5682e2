import COCO
import Files

/// A table with all its rows, grouped by image.
struct CSVTable: Sendable {
  /// A row of a piece.
  struct RowPlace: Sendable {
    var piece: UInt32
    var row: UInt32
  }

  let path: String
  let source: Int
  let text: CSVText
  let layout: CSVLayout
  /// The rows of each piece.
  private var rows: [[CSVRow]] = []
  /// The table's number of each image and of each class of a piece.
  private var numbers: [(pictures: [Int32], labels: [Int32])] = []
  private var extras: [[CSVRowExtra]] = []
  private var findings: [Finding] = []
  private var rejections: [Rejection] = []
  private(set) var pictures: [CSVPicture] = []
  private(set) var labels: [CSVLabel] = []
  private(set) var units = CSVUnitsEvidence()
  private(set) var invisible = CSVTally()
  private(set) var annotations = 0
  /// The places of the rows, image after image.
  private var places: [RowPlace] = []
  /// The start of each image's rows in `places`, with the end of the last one.
  private var firstPlaces: [Int] = []
  /// The numbers of images by split and name.
  private var pictureNumbers: [String: [String: Int32]] = [:]
  private var labelNumbers: [String: Int32] = [:]

  init(path: String, source: Int, text: CSVText, layout: CSVLayout) {
    self.path = path
    self.source = source
    self.text = text
    self.layout = layout
  }

  /// Adds the piece that comes next.
  mutating func add(_ piece: CSVPiece) {
    numbers.append(
      (piece.pictures.map { number(of: $0) }, piece.labels.map { number(of: $0) }))
    rows.append(piece.rows)
    extras.append(piece.extras)
    findings += piece.findings
    rejections += piece.rejections
    units.add(piece.units)
    invisible.add(piece.invisible)
    annotations += piece.annotations
  }

  /// Adds what was found while reading to `imported`.
  func handOver(to imported: inout Imported) {
    imported.findings += findings
    imported.rejections += rejections
    imported.read.annotations += annotations
  }

  private mutating func number(of picture: CSVPicture) -> Int32 {
    let next = Int32(pictures.count)
    let known = pictureNumbers[picture.split, default: [:]].number(of: picture.name, next: next)
    if known == next {
      pictures.append(picture)
      return next
    }
    for size in [picture.size, picture.otherSize] {
      if let size { pictures[Int(known)].note(size) }
    }
    return known
  }

  private mutating func number(of label: CSVLabel) -> Int32 {
    guard let known = labelNumbers[label.name] else {
      let number = Int32(labels.count)
      labelNumbers[label.name] = number
      labels.append(label)
      return number
    }
    let index = Int(known)
    labels[index].id = labels[index].id ?? label.id
    if let padded = label.padded, labels[index].padded == nil {
      labels[index].padded = padded
      labels[index].offset = label.offset
    }
    return known
  }

  /// Groups the rows of each image, in the order in which they stand.
  mutating func group() {
    pictureNumbers = [:]
    labelNumbers = [:]
    var counts = [Int](repeating: 0, count: pictures.count + 1)
    for (piece, (pictureNumbers, labelNumbers)) in numbers.enumerated() {
      rows[piece].withUnsafeMutableBufferPointer { rows in
        for index in rows.indices {
          let picture = pictureNumbers[Int(rows[index].picture)]
          rows[index].picture = picture
          rows[index].label = labelNumbers[Int(rows[index].label)]
          counts[Int(picture)] += 1
        }
      }
    }
    numbers = []
    firstPlaces = []
    firstPlaces.reserveCapacity(counts.count)
    var total = 0
    for count in counts {
      firstPlaces.append(total)
      total += count
    }
    var next = firstPlaces
    places = [RowPlace](repeating: RowPlace(piece: 0, row: 0), count: total)
    for (pieceIndex, piece) in rows.enumerated() {
      for (rowIndex, row) in piece.enumerated() {
        let picture = Int(row.picture)
        places[next[picture]] = RowPlace(piece: UInt32(pieceIndex), row: UInt32(rowIndex))
        next[picture] += 1
      }
    }
  }

  /// Returns the number of rows with a box on an image.
  func rowCount(of picture: Int) -> Int {
    firstPlaces[picture + 1] - firstPlaces[picture]
  }

  /// Calls `body` with each row that has a box on an image, in order.
  func forEachRow(of picture: Int, _ body: (RowPlace, CSVRow) -> Void) {
    for index in firstPlaces[picture]..<firstPlaces[picture + 1] {
      let place = places[index]
      body(place, rows[Int(place.piece)][Int(place.row)])
    }
  }

  /// Returns the values beyond image, class and box of a row whose `extra` is not -1.
  func extra(_ place: RowPlace, _ row: CSVRow) -> CSVRowExtra {
    extras[Int(place.piece)][Int(row.extra)]
  }

  func origin(_ offset: Int) -> Origin {
    Origin(file: source, offset: text.fileOffset(offset))
  }

  /// Returns the row that begins at `offset`, as it stands in the text.
  func rowText(at offset: Int) -> String {
    text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = CSVRowScanner(bytes, layout.dialect, shape: layout.columns.shape)
      _ = scanner.scan(from: offset)
      return String(decoding: bytes[offset..<max(offset, scanner.end)], as: UTF8.self)
    }
  }
}

extension [String: Int32] {
  /// Returns the number of `name`, `next` if it is new.
  fileprivate mutating func number(of name: String, next: Int32) -> Int32 {
    // One look-up for both, since a table may name a million pictures.
    func read(_ number: inout Int32) -> Int32 { number }
    return read(&self[name, default: next])
  }
}
