public import COCO
public import Files
public import Formats
public import Linting

/// The joined results of all parts of a dataset as a stream: its images in their order, of which
/// each part holds some, in theirs.
public struct JoinedStream: DatasetStream {
  /// The reason why parts have to be joined in memory: their records are in another order than the
  /// dataset's, or some are missing or repeated.
  public struct OutOfOrder: Error {}

  private static let imagesInWindow = 2048

  /// The dataset without its images and annotations.
  public let frame: Dataset
  /// The account of all parts, without records.
  public let account: Imported
  /// nil, since parts are read as they come.
  public var count: Int? { nil }
  /// The number of annotations, or a greater one if it is not known.
  public var mostAnnotations: Int { expected?.annotations ?? .max }
  /// The faults that reading has reported.
  public var reported: ReportedFaults { account.reported }
  /// The facts about the images that came last; nil for one that was not examined.
  public private(set) var pictures: [PictureFacts?]? = []
  /// The places of the records that came last, as they were when their part was read.
  public private(set) var places: [Origin: Place] = [:]
  private var sources: [Source]
  /// The numbers of records that the parts should have together; nil if they are ordered by ids.
  private let expected: RecordCounts?
  private var images = Sequence()
  private var annotations = Sequence()

  /// Opens partial results that belong together; nil if they are of several splits.
  ///
  /// - Throws: A `PartialSetFault` if a file does not hold what it should.
  public init?(_ set: PartialSet) throws(PartialSetFault) {
    if set.header.cover == nil, set.files.count > 1 {
      let inputs = try InputsInParts(set)
      guard inputs.parts[0].account.frames.count == 1 else { return nil }
      frame = inputs.parts[0].account.frames[0].dataset
      account = inputs.account
      expected = nil
      sources = try inputs.parts.map { (part) throws(PartialSetFault) in
        try Source(
          part.file, part.account.imported.sources.paths, firstFile: part.firstFile,
          isOrderedByID: true)
      }
    } else {
      let whole = try JoinedImport.account(of: set)
      guard whole.frames.count == 1 else { return nil }
      frame = whole.frames[0].dataset
      account = whole.imported
      expected = RecordCounts(
        images: whole.frames[0].images, annotations: whole.frames[0].annotations)
      sources = try set.files.map { (file) throws(PartialSetFault) in
        try Source(file, whole.imported.sources.paths, firstFile: 0, isOrderedByID: false)
      }
    }
  }

  /// Returns the images that come next, with their annotations; nil after the last ones.
  ///
  /// - Throws: `OutOfOrder`; a `PartialSetFault` if a file does not hold what it should.
  public mutating func next() async throws -> Dataset? {
    var window = frame
    pictures = []
    places = [:]
    while window.images.count < Self.imagesInWindow {
      guard let first = try nextSource() else { break }
      guard let unit = sources[first].take() else { break }
      guard images.takes(unit.key, isCounted: expected != nil),
        unit.annotations.allSatisfy({ annotations.takes($0.key, isCounted: expected != nil) })
      else { throw OutOfOrder() }
      window.images.append(unit.image)
      pictures?.append(unit.facts.flatMap { PictureFacts($0) })
      window.annotations += unit.annotations.map(\.record)
    }
    for index in sources.indices { places.merge(sources[index].takePlaces()) { first, _ in first } }
    guard window.images.isEmpty else { return window }
    let read = RecordCounts(images: images.count, annotations: annotations.count)
    if let expected, read != expected { throw OutOfOrder() }
    return nil
  }

  /// Returns the source whose next image is the first of all; nil if no image is left.
  private mutating func nextSource() throws -> Int? {
    var first: (source: Int, key: Int)?
    for index in sources.indices {
      guard let key = try sources[index].key(), key < first?.key ?? Int.max else { continue }
      first = (index, key)
    }
    return first?.source
  }

  /// A sequence of keys that grow.
  private struct Sequence {
    private(set) var count = 0
    private var last: Int?

    /// Takes the next key; returns false if it is out of order, or if keys are counted from 0 and
    /// one is missing.
    mutating func takes(_ key: Int, isCounted: Bool) -> Bool {
      guard isCounted ? key == count : last.map({ key > $0 }) ?? true else { return false }
      last = key
      count += 1
      return true
    }
  }
}

extension JoinedStream {
  /// An image with its annotations; keys are positions or ids.
  private struct Unit {
    var key: Int
    var image: COCO.Image
    var facts: JSONObject?
    var annotations: [(key: Int, record: Annotation)]
  }

  /// The images of one file.
  private struct Source: Sendable {
    private let path: String
    private let firstFile: Int
    private let isOrderedByID: Bool
    private var lines: PartialRecordLines
    private var part = PartialRecords.Part()
    private var image = 0
    private var annotation = 0
    /// The places of the records that were read since they were last taken.
    private var places: [Origin: Place] = [:]

    init(
      _ file: PartialFile, _ paths: [String], firstFile: Int, isOrderedByID: Bool
    ) throws(PartialSetFault) {
      (path, self.firstFile, self.isOrderedByID) = (file.path, firstFile, isOrderedByID)
      do {
        lines = try PartialRecordLines(file, paths: paths)
      } catch {
        throw .file(file.path, error)
      }
    }

    /// Returns the key of the next image; nil if none is left.
    mutating func key() throws -> Int? {
      while image == part.images.count {
        // What is left belongs to no image.
        if annotation < part.annotations.count { throw OutOfOrder() }
        do throws(PartialFault) {
          guard let next = try lines.next() else { return nil }
          (part, image, annotation) = (next.parts[0], 0, 0)
          for (origin, place) in next.places { places[origin.shifted(by: firstFile)] = place }
        } catch {
          throw PartialSetFault.file(path, error)
        }
      }
      return key(of: part.images[image])
    }

    /// Returns the next image with the annotations that follow it.
    mutating func take() -> Unit? {
      guard image < part.images.count else { return nil }
      let placed = part.images[image]
      var unit = Unit(
        key: key(of: placed), image: placed.record, facts: part.facts[image], annotations: [])
      image += 1
      unit.image.origin = unit.image.origin?.shifted(by: firstFile)
      while annotation < part.annotations.count,
        part.annotations[annotation].record.imageID == placed.record.id
      {
        var record = part.annotations[annotation].record
        record.origin = record.origin?.shifted(by: firstFile)
        unit.annotations.append((key(of: part.annotations[annotation]), record))
        annotation += 1
      }
      return unit
    }

    /// Returns the places of the records read since the last call.
    mutating func takePlaces() -> [Origin: Place] {
      defer { places = [:] }
      return places
    }

    private func key(of placed: PartialRecords.Placed<COCO.Image>) -> Int {
      isOrderedByID ? placed.record.id : placed.position
    }

    private func key(of placed: PartialRecords.Placed<Annotation>) -> Int {
      isOrderedByID ? placed.record.id : placed.position
    }
  }
}
