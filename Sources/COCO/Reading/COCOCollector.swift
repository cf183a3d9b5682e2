import Files
import Glibc

/// Builds the dataset of a COCO file from its batches.
struct COCOCollector {
  private var dataset = Dataset()
  private var findings: [Finding] = []
  private var rejections: [Rejection] = []
  private var met = COCOContents.Met()
  private var imageRepairs: [String: Int] = [:]
  private var annotationRepairs: [String: Int] = [:]
  private var imageNames: [NamedID] = []
  private var annotationNames: [NamedID] = []
  private var categoryNames: [NamedID] = []
  private var lacksIDs = false
  private var unnumbered: [Int] = []
  private let source: Int
  /// The file's size, from which the number of annotations is guessed after the first batch.
  private let expectedBytes: Int

  init(expectedBytes: Int, source: Int) {
    self.expectedBytes = expectedBytes
    self.source = source
  }

  mutating func images(_ batch: RecordBatch<Image>) {
    imageNames += shifted(batch.namedIDs, by: dataset.images.count)
    dataset.images += batch.records
    met.images += batch.met
    imageRepairs.merge(batch.repairs, uniquingKeysWith: +)
    note(batch)
  }

  mutating func categories(_ batch: RecordBatch<Category>) {
    categoryNames += shifted(batch.namedIDs, by: dataset.categories.count)
    dataset.categories += batch.records
    met.categories += batch.met
    note(batch)
  }

  mutating func annotations(_ batch: RecordBatch<Annotation>) {
    if dataset.annotations.isEmpty { reserve(after: batch) }
    annotationNames += shifted(batch.namedIDs, by: dataset.annotations.count)
    batch.add(to: &dataset.annotations)
    met.annotations += batch.met
    lacksIDs = lacksIDs || batch.lacksIDs
    annotationRepairs.merge(batch.repairs, uniquingKeysWith: +)
    note(batch)
  }

  /// Growing an array by doubling would hold it three times over; the first batch tells how many
  /// annotations to expect.
  private mutating func reserve(after batch: RecordBatch<Annotation>) {
    guard let first = batch.records.first?.origin, let last = batch.records.last?.origin,
      last.offset > first.offset
    else { return }
    let bytesEach = Double(last.offset - first.offset) / Double(batch.records.count)
    let expected = Double(expectedBytes - first.offset) / max(bytesEach, 1)
    dataset.annotations.reserveCapacity(Int(expected * 1.05) + 16)
  }

  /// Takes a key that is no list of records; says false to a value that COCO's key cannot have.
  mutating func take(_ name: String, _ value: JSONValue) -> Bool {
    switch (name, value) {
    case ("info", .object(let info)): dataset.info = info
    case ("licenses", .array(let licenses)): dataset.licenses = licenses
    case ("info", _), ("licenses", _), ("images", _), ("annotations", _), ("categories", _):
      return false
    default: dataset.extra.members.append(.init(name: name, value: value))
    }
    return true
  }

  mutating func add(_ finding: Finding) {
    findings.append(finding)
  }

  /// Whether the file's end has been reported with the record that it cuts.
  var endsInRecord: Bool {
    rejections.last?.finding.message == RecordFault.cutByTheEnd
  }

  private mutating func note<Record>(_ batch: RecordBatch<Record>) {
    findings += batch.findings
    rejections += batch.rejections
  }

  private func shifted(_ names: [NamedID], by count: Int) -> [NamedID] {
    names.map { named in
      var named = named
      named.index += count
      return named
    }
  }

  consuming func finish() -> COCOContents {
    numberNames()
    numberUnnumbered()
    reportNames()
    return COCOContents(
      dataset: dataset, findings: findings, rejections: rejections, met: met,
      imageRepairs: imageRepairs, annotationRepairs: annotationRepairs,
      unnumbered: unnumbered)
  }

  /// Gives ids that are words the numbers behind the highest in use.
  private mutating func numberNames() {
    guard !(imageNames.isEmpty && annotationNames.isEmpty && categoryNames.isEmpty) else { return }
    var images = IDTable(dataset.images.map(\.id))
    for named in imageNames { dataset.images[named.index].id = images.id(of: named.name) }
    var categories = IDTable(dataset.categories.map(\.id))
    for named in categoryNames {
      dataset.categories[named.index].id = categories.id(of: named.name)
    }
    for named in annotationNames {
      switch named.role {
      case .image: dataset.annotations[named.index].imageID = images.id(of: named.name)
      case .category: dataset.annotations[named.index].categoryID = categories.id(of: named.name)
      case .annotation: dataset.annotations[named.index].id = AnnotationDecoder.unnumbered
      }
    }
  }

  /// Numbers annotations that have no id of their own behind the highest in use.
  private mutating func numberUnnumbered() {
    guard lacksIDs || annotationNames.contains(where: { $0.role == .annotation }) else { return }
    var highest = 0
    var missing: [Int] = []
    for index in dataset.annotations.indices {
      let id = dataset.annotations[index].id
      if id == AnnotationDecoder.unnumbered {
        missing.append(index)
      } else {
        highest = max(highest, id)
      }
    }
    guard !missing.isEmpty else { return }
    var numbers = FreeNumbers(after: highest) { dataset.annotations.map(\.id) }
    for index in missing { dataset.annotations[index].id = numbers.next() }
    let named = Set(annotationNames.lazy.filter { $0.role == .annotation }.map(\.index))
    unnumbered = named.isEmpty ? missing : missing.filter { !named.contains($0) }
  }

  /// Reports ids that are words with the numbers that they were given, where repairs are told.
  private mutating func reportNames() {
    for named in imageNames { report(named, dataset.images[named.index].id) }
    for named in categoryNames { report(named, dataset.categories[named.index].id) }
    for named in annotationNames {
      let annotation = dataset.annotations[named.index]
      switch named.role {
      case .image: report(named, annotation.imageID)
      case .category: report(named, annotation.categoryID ?? 0)
      case .annotation: report(named, annotation.id)
      }
    }
  }

  /// The word is lost, and others may know the record by it.
  private mutating func report(_ named: NamedID, _ number: Int) {
    guard let place = named.place else { return }
    findings.append(
      Finding(
        .nonIntegerID, named.message,
        at: Origin(file: source, offset: place.lowerBound),
        fixes: [.writing(String(number), at: place, isSafe: false)]))
  }
}

/// Numbers for ids that are words, in the order in which they are met.
private struct IDTable {
  private var ids: [String: Int] = [:]
  private var numbers: FreeNumbers

  init(_ used: [Int]) {
    numbers = FreeNumbers(after: used.max() ?? 0) { used }
  }

  mutating func id(of name: String) -> Int {
    if let known = ids[name] { return known }
    let id = numbers.next()
    ids[name] = id
    return id
  }
}

/// Numbers that are no one's id: those behind the highest, or the first that are free where there
/// is no room behind it.
private struct FreeNumbers {
  private var last: Int
  private var used: Set<Int> = []

  init(after highest: Int, _ ids: () -> [Int]) {
    last = max(highest, 0)
    guard last > Int.max / 2 else { return }
    used = Set(ids())
    last = 0
  }

  mutating func next() -> Int {
    repeat { last += 1 } while used.contains(last)
    return last
  }
}

/// Attributes by the text that they were made of. Many annotations have the same ones, so each is made
/// once and shared.
public struct KnownAttributes {
  /// What was made, by the hash of its text; emptied when it has grown too large to pay.
  private var known: [Int: (text: [UInt8], attributes: Annotation.SharedAttributes)] = [:]
  private let mostKnown = 256

  public init() {}

  /// The attributes of `text`, by `make` where it has not been met.
  public mutating func attributes(
    _ text: UnsafeBufferPointer<UInt8>, make: () -> JSONObject
  ) -> Annotation.SharedAttributes {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(text))
    let hash = hasher.finalize()
    if let found = known[hash], Self.isSame(found.text, text) { return found.attributes }
    if known.count >= mostKnown { known.removeAll(keepingCapacity: true) }
    let attributes = Annotation.SharedAttributes(make())
    known[hash] = (Array(text), attributes)
    return attributes
  }

  private static func isSame(_ known: [UInt8], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard known.count == text.count, let start = text.baseAddress else {
      return known.count == text.count
    }
    return memcmp(known, start, text.count) == 0
  }
}
