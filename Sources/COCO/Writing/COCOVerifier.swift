public import Files

/// A verifier that reads a written COCO file back and compares it, record by record, with the
/// dataset.
public struct COCOVerifier: Sendable {
  /// The tasks that read and compare.
  public var tasks: OrderedTasks

  /// Creates a verifier that compares with these tasks.
  public init(tasks: OrderedTasks) {
    self.tasks = tasks
  }

  /// Describes the first difference; returns nil if the file says exactly what `dataset` says.
  ///
  /// - Throws: A `FileError` if the file cannot be read.
  public func difference(
    between file: OutputFile, _ written: WrittenCOCO, and dataset: Dataset
  ) async throws(FileError) -> String? {
    let reader = file.reader()
    var difference: String?
    do {
      try await tasks.run(written.parts.count) { index in
        let (part, offset) = written.parts[index]
        return try Self.difference(between: reader, at: offset, and: part, of: dataset)
      } consume: { _, found in
        difference = difference ?? found
        return difference == nil
      }
    } catch let error as FileError {
      throw error
    } catch {
      fatalError("unexpected error while verifying: \(error)")
    }
    return difference
  }

  private static func difference(
    between file: InputFile, at offset: Int, and part: WrittenCOCO.Part, of dataset: Dataset
  ) throws -> String? {
    let tokenizer = JSONTokenizer()
    let text = tokenizer.text(capacity: part.byteCount)
    let count = try file.read(at: offset, into: text, count: part.byteCount)
    switch part {
    case .frame(let meant):
      let isSame = meant.elementsEqual(UnsafeBufferPointer(start: text, count: count))
      return isSame ? nil : "the text around the records reads back differently"
    case .records(.images, let range, _):
      return difference(
        of: tokenizer, count, ImageDecoder(source: 0), from: dataset.images, range, "image")
    case .records(.annotations, let range, _):
      return difference(
        of: tokenizer, count, AnnotationDecoder(source: 0), from: dataset.annotations, range,
        "annotation")
    case .records(.categories, let range, _):
      return difference(
        of: tokenizer, count, CategoryDecoder(source: 0), from: dataset.categories, range,
        "category")
    }
  }

  private static func difference<Decoder: JSONElementDecoder, Record: VerifiableRecord>(
    of tokenizer: JSONTokenizer, _ count: Int, _ decoder: Decoder, from all: [Record],
    _ range: Range<Int>, _ kind: String
  ) -> String? where Decoder.Batch == RecordBatch<Record> {
    var decoder = decoder
    let meant = all[range]
    let isEnd = range.upperBound == all.count
    let endsInComma = count > 0 && tokenizer.text(capacity: count)[count - 1] == UInt8(ascii: ",")
    guard endsInComma != isEnd else { return "the commas between records read back differently" }
    let length = endsInComma ? count - 1 : count
    let tokens = tokenizer.tokenize(length: length)
    guard tokens.error == nil, tokens.end == length else {
      return "a record of kind \(kind) cannot be read back"
    }
    if Self.isPlainly(tokens, meant) { return nil }
    tokens.forEachValue { decoder.decode($0, base: 0) }
    let records = Record.records(of: decoder.finish())
    guard records.count == meant.count else {
      return "\(records.count) records of kind \(kind) read back, \(meant.count) written"
    }
    let different = meant.withUnsafeBufferPointer { meant in
      records.withUnsafeBufferPointer { records -> Int? in
        guard let meant = meant.baseAddress, let records = records.baseAddress else { return nil }
        return (0..<range.count).first { !Record.reads(meant + $0, as: records + $0) }
      }
    }
    return different.map { "\(kind) \(meant.startIndex + $0 + 1) reads back differently" }
  }

  /// Returns whether the values certainly read as the records, as far as that shows without making
  /// records of them.
  private static func isPlainly<Record: VerifiableRecord>(
    _ tokens: JSONTokens, _ meant: ArraySlice<Record>
  ) -> Bool {
    meant.withUnsafeBufferPointer { meant in
      guard let first = meant.baseAddress else { return false }
      var count = 0
      var areSame = true
      tokens.forEachValue { node in
        areSame = areSame && count < meant.count && Record.reads(first + count, from: node)
        count += 1
      }
      return areSame && count == meant.count
    }
  }
}

/// A record that can be compared with the one read back, apart from its origin.
///
/// Both stay in place: taking them out of their arrays would count references.
protocol VerifiableRecord: Sendable {
  static func reads(_ meant: UnsafePointer<Self>, as read: UnsafePointer<Self>) -> Bool
  /// Returns whether `node` certainly reads as `meant`; false if only the full record can tell.
  static func reads(_ meant: UnsafePointer<Self>, from node: JSONNode) -> Bool
  /// Returns the records of a batch with everything that belongs to them.
  static func records(of batch: RecordBatch<Self>) -> [Self]
}

extension VerifiableRecord {
  static func reads(_ meant: UnsafePointer<Self>, from node: JSONNode) -> Bool { false }
  static func records(of batch: RecordBatch<Self>) -> [Self] { batch.records }
}

extension Image: VerifiableRecord {
  static func reads(
    _ meant: UnsafePointer<Image>, as read: UnsafePointer<Image>
  ) -> Bool {
    meant.pointee.id == read.pointee.id && meant.pointee.fileName == read.pointee.fileName
      && meant.pointee.width == read.pointee.width && meant.pointee.height == read.pointee.height
      && meant.pointee.extra == read.pointee.extra
  }
}

extension Annotation: VerifiableRecord {
  static func reads(
    _ meant: UnsafePointer<Annotation>, as read: UnsafePointer<Annotation>
  ) -> Bool {
    meant.pointee.id == read.pointee.id && meant.pointee.imageID == read.pointee.imageID
      && meant.pointee.categoryID == read.pointee.categoryID
      && meant.pointee.box == read.pointee.box && meant.pointee.isCrowd == read.pointee.isCrowd
      && meant.pointee.area == read.pointee.area
      && meant.pointee.segmentation == read.pointee.segmentation
      && Annotation.haveSameFurtherFields(meant, read)
  }

  static func reads(_ meant: UnsafePointer<Annotation>, from node: JSONNode) -> Bool {
    AnnotationComparison.reads(node, as: meant)
  }

  static func records(of batch: RecordBatch<Annotation>) -> [Annotation] {
    var annotations: [Annotation] = []
    batch.add(to: &annotations)
    return annotations
  }
}

extension Category: VerifiableRecord {
  static func reads(
    _ meant: UnsafePointer<Category>, as read: UnsafePointer<Category>
  ) -> Bool {
    meant.pointee.id == read.pointee.id && meant.pointee.name == read.pointee.name
      && meant.pointee.supercategory == read.pointee.supercategory
      && meant.pointee.extra == read.pointee.extra
  }
}
