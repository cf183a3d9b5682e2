public import Files

/// The records of the images of a part, as they are written to partial results and read from them.
///
/// A line holds an image with its annotations: each record as in COCO, with its position in its
/// dataset, whether reading changed it, and its place in its source. Annotations of images that do
/// not exist stand in lines of their own.
public struct PartialRecords: Sendable {
  /// A record with the position in its dataset that it has in the whole set.
  public struct Placed<Record: Sendable>: Sendable {
    /// The position in the whole dataset, from 0.
    public var position: Int
    /// The record.
    public var record: Record
  }

  /// The records of one dataset.
  public struct Part: Sendable {
    /// The images with their positions.
    public var images: [Placed<Image>] = []
    /// The annotations with their positions.
    public var annotations: [Placed<Annotation>] = []
    /// The further facts about each image; nil if there are none.
    public var facts: [JSONObject?] = []

    /// Creates a part without records.
    public init() {}
  }

  /// The records, by dataset.
  public private(set) var parts: [Part]
  /// The places of records that were written with lines and columns, by the numbers of the sources.
  public private(set) var places: [Origin: Place] = [:]

  /// Reads the section `records` of a file that covers this number of datasets.
  ///
  /// - Parameters:
  ///   - file: The file of partial results.
  ///   - datasets: The number of datasets.
  ///   - paths: The paths of the sources.
  /// - Throws: `PartialFault.damaged` if a line is not as copra writes it.
  public init(
    _ file: PartialFile, datasets: Int, paths: [String]
  ) throws(PartialFault) {
    try self.init(try file.section("records"), datasets: datasets, paths: paths)
  }

  /// Reads whole lines of records.
  fileprivate init(
    _ lines: PartialSection, datasets: Int, paths: [String]
  ) throws(PartialFault) {
    parts = Array(repeating: Part(), count: datasets)
    var readers = (0..<datasets).map { _ in RecordLineReader(paths) }
    let isSound = lines.withBytes { bytes in
      let bytes = bytes.bindMemory(to: UInt8.self)
      let tokenizer = JSONTokenizer()
      return bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
        RecordLineReader.read(
          UnsafeBufferPointer(rebasing: line), tokenizer, into: &readers)
      }
    }
    for (index, reader) in readers.enumerated() {
      places.merge(reader.places) { first, _ in first }
      guard isSound, let part = reader.finish() else { throw .damaged }
      parts[index] = part
    }
  }
}

/// A reader of the records of partial results that holds a few lines at a time, for results of one
/// dataset.
public struct PartialRecordLines: Sendable {
  private static let bytesAtOnce = 1 << 18

  private let section: PartialSection
  private let paths: [String]
  private var offset = 0

  /// Opens the records of a file.
  ///
  /// - Parameters:
  ///   - file: The file of partial results.
  ///   - paths: The paths of the sources.
  /// - Throws: `PartialFault.damaged` if the checksum does not match.
  public init(_ file: PartialFile, paths: [String]) throws(PartialFault) {
    section = try file.section("records")
    self.paths = paths
  }

  /// Returns the images that come next, with their annotations; nil after the last ones.
  ///
  /// - Throws: `PartialFault.damaged` if a line is not as copra writes it.
  public mutating func next() throws(PartialFault) -> PartialRecords? {
    guard offset < section.count else { return nil }
    let limit = min(offset + Self.bytesAtOnce, section.count)
    let end = section.part(limit..<section.count).withBytes { rest in
      limit + (rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.count)
    }
    let lines = section.part(offset..<end)
    offset = end
    let records = try PartialRecords(lines, datasets: 1, paths: paths)
    lines.release()
    return records
  }
}

/// A writer of the section `records` of partial results, which takes the records part by part.
public struct PartialRecordsWriter {
  private let writer: PartialWriter
  // One for each list, as each list is gone through in order, or nearly so.
  private var finder: PlaceFinder?
  private var finderOfAnnotations: PlaceFinder?
  /// The lines of annotations of images that do not exist, which come last.
  private var strays: [UInt8] = []

  /// Begins the section.
  ///
  /// - Parameters:
  ///   - writer: The writer of the partial results.
  ///   - sources: The sources of the records, to write lines and columns with them, for findings
  ///     that are made where the sources cannot be read.
  public init(_ writer: PartialWriter, placedIn sources: Sources?) throws {
    self.writer = writer
    finder = sources.map { PlaceFinder($0) }
    finderOfAnnotations = finder
    try writer.begin("records")
  }

  /// Writes the records of a dataset, or of the images of a part of it.
  ///
  /// - Parameters:
  ///   - dataset: The records.
  ///   - number: The number of the dataset.
  ///   - start: The numbers of the dataset's records before these.
  ///   - belongs: Returns whether an image belongs to what is written; called with the id alone for
  ///     an image that does not exist.
  ///   - facts: Returns the facts about the image at a position among these.
  public mutating func write(
    _ dataset: Dataset, number: Int, after start: (images: Int, annotations: Int) = (0, 0),
    where belongs: (_ image: Image) -> Bool, facts: (_ image: Int) -> JSONObject?
  ) throws {
    let images = IDIndex(dataset.images.map(\.id))
    let grouped = AnnotationsByImage(
      dataset.annotations, of: images, imageCount: dataset.images.count)
    for (position, image) in dataset.images.enumerated() where belongs(image) {
      var line = RecordLine(dataset: number, firstAnnotation: start.annotations)
      line.add(image, at: start.images + position, facts: facts(position), &finder)
      line.add(grouped[position].lazy.map(Int.init), of: dataset.annotations, &finderOfAnnotations)
      try writer.append(line.bytes)
    }
    for index in dataset.annotations.indices {
      let id = dataset.annotations[index].imageID
      guard images.position(of: id) == nil,
        belongs(Image(id: id, fileName: "", width: 0, height: 0))
      else { continue }
      var line = RecordLine(dataset: number, firstAnnotation: start.annotations)
      line.add(CollectionOfOne(index), of: dataset.annotations, &finderOfAnnotations)
      strays += line.bytes
    }
  }

  /// Writes what comes after the last of a dataset's records.
  public mutating func endDataset() throws {
    try writer.append(strays)
    strays = []
  }
}

/// The content of one line of records.
private struct RecordLine: ~Copyable {
  private var output = JSONOutput()
  private let firstAnnotation: Int

  /// - Parameter firstAnnotation: The position of the first of the annotations that come.
  init(dataset: Int, firstAnnotation: Int) {
    self.firstAnnotation = firstAnnotation
    output.writesNonFinite = true
    output.raw("{\"dataset\":")
    output.append(dataset)
  }

  mutating func add(
    _ image: Image, at position: Int, facts: JSONObject?, _ finder: inout PlaceFinder?
  ) {
    output.raw(",\"image\":")
    output.append(image)
    add(position, image.origin, image.isChanged, &finder)
    if let facts {
      output.raw(",\"facts\":")
      output.append(facts)
    }
  }

  mutating func add(
    _ indices: some Collection<Int>, of annotations: [Annotation], _ finder: inout PlaceFinder?
  ) {
    output.raw(",\"annotations\":[")
    var isFirst = true
    for index in indices {
      output.raw(isFirst ? "{\"annotation\":" : ",{\"annotation\":")
      isFirst = false
      output.append(annotations[index])
      add(
        firstAnnotation + index, annotations[index].origin, annotations[index].isChanged, &finder)
      output.raw("}")
    }
    output.raw("]")
  }

  private mutating func add(
    _ position: Int, _ origin: Origin?, _ isChanged: Bool, _ finder: inout PlaceFinder?
  ) {
    output.raw(",\"at\":[")
    output.append(position)
    output.raw(isChanged ? ",1" : ",0")
    if let origin {
      output.raw(",")
      output.append(origin.file)
      output.raw(",")
      output.append(origin.offset)
      if let place = finder?.place(of: origin) {
        output.raw(",")
        output.append(place.line)
        output.raw(",")
        output.append(place.column)
      }
    }
    output.raw("]")
  }

  var bytes: [UInt8] {
    mutating get {
      output.raw("}\n")
      return output.bytes
    }
  }
}

/// A reader of the lines of records of one dataset.
private struct RecordLineReader {
  /// The values that stand beside a record.
  private struct Note {
    var position: Int
    var isChanged: Bool
    var origin: Origin?
    /// The line and column.
    var place: (Int, Int)?

    init?(_ node: JSONNode?) {
      guard let node, node.kind == .array else { return nil }
      var numbers: [Int] = []
      node.forEachElement { if let number = $0.integer { numbers.append(number) } }
      guard numbers.count == node.elementCount, [2, 4, 6].contains(numbers.count),
        numbers.allSatisfy({ $0 >= 0 })
      else { return nil }
      position = numbers[0]
      isChanged = numbers[1] == 1
      guard numbers.count >= 4 else { return }
      guard numbers[2] < 1 << 24, numbers[3] < 1 << 40 else { return nil }
      origin = Origin(file: numbers[2], offset: numbers[3])
      if numbers.count == 6 { place = (numbers[4], numbers[5]) }
    }
  }

  private var images = ImageDecoder(source: 0, needsFileName: false)
  private var annotations = AnnotationDecoder(source: 0)
  private var imageNotes: [Note] = []
  private var annotationNotes: [Note] = []
  private var facts: [JSONObject?] = []
  private let paths: [String]
  private(set) var places: [Origin: Place] = [:]

  init(_ paths: [String]) {
    self.paths = paths
  }

  /// Reads a line; returns false if it is not as copra writes it.
  static func read(
    _ line: UnsafeBufferPointer<UInt8>, _ tokenizer: JSONTokenizer,
    into readers: inout [RecordLineReader]
  ) -> Bool {
    guard let first = line.baseAddress else { return true }
    tokenizer.text(capacity: line.count).update(from: first, count: line.count)
    let tokens = tokenizer.tokenize(length: line.count)
    guard tokens.error == nil, tokens.end == line.count else { return false }
    var isSound = false
    tokens.forEachValue { node in
      guard let dataset = node.member("dataset")?.integer, readers.indices.contains(dataset) else {
        return
      }
      isSound = readers[dataset].read(node)
    }
    return isSound
  }

  private mutating func read(_ node: JSONNode) -> Bool {
    if let image = node.member("image") {
      guard let note = Note(node.member("at")) else { return false }
      images.decode(image, base: 0)
      imageNotes.append(note)
      keep(note)
      facts.append(node.member("facts").map { JSONObject($0) })
    }
    var isSound = true
    node.member("annotations")?.forEachElement { element in
      guard let record = element.member("annotation"), let note = Note(element.member("at")) else {
        isSound = false
        return
      }
      annotations.decode(record, base: 0)
      annotationNotes.append(note)
      keep(note)
    }
    return isSound
  }

  private mutating func keep(_ note: Note) {
    guard let origin = note.origin, let (line, column) = note.place,
      paths.indices.contains(origin.file)
    else { return }
    places[origin] = Place(path: paths[origin.file], line: line, column: column)
  }

  /// Returns all records; nil if one was not read.
  consuming func finish() -> PartialRecords.Part? {
    let own = images.finish().records
    var records: [Annotation] = []
    annotations.finish().add(to: &records)
    guard own.count == imageNotes.count, records.count == annotationNotes.count else { return nil }
    var part = PartialRecords.Part()
    part.facts = facts
    part.images = zip(own, imageNotes).map { image, note in
      var image = image
      (image.origin, image.isChanged) = (note.origin, note.isChanged)
      return .init(position: note.position, record: image)
    }
    part.annotations = zip(records, annotationNotes).map { annotation, note in
      var annotation = annotation
      (annotation.origin, annotation.isChanged) = (note.origin, note.isChanged)
      return .init(position: note.position, record: annotation)
    }
    return part
  }
}

extension JSONNode {
  /// Returns the value of the last member of an object with this name; nil if there is none.
  fileprivate func member(_ name: StaticString) -> JSONNode? {
    guard kind == .object else { return nil }
    var found: JSONNode?
    forEachMember { key, value in if key.reads(name) { found = value } }
    return found
  }
}
