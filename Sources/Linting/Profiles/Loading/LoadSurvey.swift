import Files

/// A survey of a COCO file as a program meets it that loads it with Python's `json`: the reason why
/// loading fails, or the kinds of values under the keys that consumers index.
///
/// copra's own reader is tolerant and fills gaps; this examines the bytes.
public struct LoadSurvey: Sendable {
  /// The lists of records that consumers walk through.
  public enum List: String, CaseIterable, Sendable {
    case images, annotations, categories
  }

  /// The keys that some consumer reads.
  public enum Key: String, CaseIterable, Sendable {
    case id, width, height, bbox, area, iscrowd, segmentation, keypoints
    case imageID = "image_id"
    case categoryID = "category_id"
    case fileName = "file_name"
    case keypointCount = "num_keypoints"
  }

  /// The kind of value under a key.
  public enum Holding: Int, CaseIterable, Sendable {
    case absent, null, boolean, whole, fraction, text, digits, list, object
    /// A list or an object of another form than the key's.
    case otherForm
  }

  /// The reason why the file cannot be loaded; nil if it can.
  private(set) var refusal: PythonJSON.Refusal?
  /// The lists that the file has.
  private(set) var lists: Set<List> = []
  private var counts: [Place: Count] = [:]

  /// A kind of value under a key of a list's records.
  private struct Place: Hashable {
    var list: List
    var key: Key
    var holding: Holding
  }

  /// The number of records with a value, and the place of the first of them.
  struct Count: Sendable {
    var records = 0
    var first = 0
  }

  /// Surveys a file's bytes.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    do throws(PythonJSON.Refusal) {
      var reader = try PythonJSON(bytes)
      try file(&reader)
      try reader.end()
    } catch {
      refusal = error
    }
  }

  /// Returns the records of a list that have a value of a kind under a key.
  func count(_ list: List, _ key: Key, _ holding: Holding) -> Count {
    counts[Place(list: list, key: key, holding: holding)] ?? Count()
  }

  private mutating func file(_ reader: inout PythonJSON) throws(PythonJSON.Refusal) {
    guard reader.next == UInt8(ascii: "{") else {
      let start = reader.position
      _ = try reader.value()
      throw PythonJSON.Refusal(offset: start, reason: "no object at the top level")
    }
    try reader.members(depth: 0) { (key, reader: inout PythonJSON) throws(PythonJSON.Refusal) in
      let list = List.allCases.first { reader.text(key).elementsEqual($0.rawValue.utf8) }
      guard let list else {
        _ = try reader.value(depth: 1)
        return
      }
      try records(of: list, &reader)
    }
  }

  private mutating func records(
    of list: List, _ reader: inout PythonJSON
  ) throws(PythonJSON.Refusal) {
    guard reader.next == UInt8(ascii: "[") else {
      throw PythonJSON.Refusal(
        offset: reader.position, reason: "no list under \"\(list.rawValue)\"")
    }
    // Of a key that stands twice Python takes the last.
    if !lists.insert(list).inserted { counts = counts.filter { $0.key.list != list } }
    var tallies = [Count](repeating: Count(), count: Key.allCases.count * Holding.allCases.count)
    var record = [Holding](repeating: .absent, count: Key.allCases.count)
    try reader.elements(depth: 1) { (reader: inout PythonJSON) throws(PythonJSON.Refusal) in
      let start = reader.position
      guard reader.next == UInt8(ascii: "{") else {
        throw PythonJSON.Refusal(offset: start, reason: "no object in \"\(list.rawValue)\"")
      }
      for index in record.indices { record[index] = .absent }
      try reader.members(depth: 2) { (key, reader: inout PythonJSON) throws(PythonJSON.Refusal) in
        let index = Self.index(of: reader.text(key))
        let start = reader.position
        let kind = try reader.value(depth: 3)
        guard let index else { return }
        let hasForm = Self.hasForm(Key.allCases[index], kind, start, reader)
        record[index] = hasForm ? Holding(kind) : .otherForm
      }
      for (index, holding) in record.enumerated() {
        let place = index * Holding.allCases.count + holding.rawValue
        if tallies[place].records == 0 { tallies[place].first = start }
        tallies[place].records += 1
      }
    }
    for (index, key) in Key.allCases.enumerated() {
      for holding in Holding.allCases {
        let tally = tallies[index * Holding.allCases.count + holding.rawValue]
        if tally.records > 0 { counts[Place(list: list, key: key, holding: holding)] = tally }
      }
    }
  }

  /// Returns whether a value that is a list or an object has the form of its key: four numbers,
  /// rings, run lengths.
  private static func hasForm(
    _ key: Key, _ kind: PythonJSON.Kind, _ start: Int, _ reader: PythonJSON
  ) -> Bool {
    switch (key, kind) {
    case (.bbox, .list):
      reader.lastList.count == 4
        && reader.lastList.kinds.isSubset(of: [.whole, .fraction, .boolean])
    case (.segmentation, .list): reader.lastList.kinds.isSubset(of: [.list])
    case (.segmentation, .object):
      ["\"counts\"", "\"size\""].allSatisfy { name in
        reader.text(start..<reader.position).firstIndex(ofBytes: name) != nil
      }
    default: true
    }
  }

  private static let keys = Key.allCases.map { Array($0.rawValue.utf8) }

  private static func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    keys.firstIndex { $0.count == name.count && $0.elementsEqual(name) }
  }
}

extension LoadSurvey.Holding {
  fileprivate init(_ kind: PythonJSON.Kind) {
    self =
      switch kind {
      case .null: .null
      case .boolean: .boolean
      case .whole: .whole
      case .fraction: .fraction
      case .text: .text
      case .digits: .digits
      case .list: .list
      case .object: .object
      }
  }
}
