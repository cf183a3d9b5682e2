import Files

/// A collector that builds the dataset of a COCO file from its batches.
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
  private var textNumbered: [Int] = []
  private var reported = ReportedFaults()
  private var rejectedIDs: [RejectedIDs] = []
  private var words = IDWords()
  private var notes: [String] = []
  /// The first key whose value looks like a dataset of its own, and the place of that value.
  private(set) var innerDataset: (path: String, offset: Int)?
  private let source: Int
  private let keepsTextIDs: Bool
  /// The number after which annotations without an id are numbered; nil for the highest id.
  var numbersAfter: Int?
  /// The file's size, from which the number of annotations is guessed after the first batch.
  private let expectedBytes: Int

  init(expectedBytes: Int, source: Int, keepsTextIDs: Bool = false) {
    self.expectedBytes = expectedBytes
    self.source = source
    self.keepsTextIDs = keepsTextIDs
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

  /// Reserves room for all annotations, estimated from the first batch: growing an array by
  /// doubling would hold it three times over.
  private mutating func reserve(after batch: RecordBatch<Annotation>) {
    guard let first = batch.records.first?.origin, let last = batch.records.last?.origin,
      last.offset > first.offset, expectedBytes > first.offset
    else { return }
    let bytesEach = Double(last.offset - first.offset) / Double(batch.records.count)
    let expected = Double(expectedBytes - first.offset) / max(bytesEach, 1)
    dataset.annotations.reserveCapacity(Int(expected * 1.05) + 16)
  }

  /// Takes a key that is no list of records; returns false for a value that COCO's key cannot have.
  mutating func take(_ name: String, _ value: JSONValue, at offset: Int) -> Bool {
    switch (name, value) {
    case ("info", .object(let info)): dataset.info = info
    case ("licenses", .array(let licenses)): dataset.licenses = licenses
    case ("info", _), ("licenses", _), ("images", _), ("annotations", _), ("categories", _):
      return false
    default:
      if innerDataset == nil, let path = value.datasetPath {
        innerDataset = ((name + path), offset)
      }
      dataset.extra.members.append(.init(name: name, value: value))
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
    rejectedIDs += batch.rejectedIDs
    reported.merge(batch.reported)
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
    joinCategories()
    tellRejected()
    var contents = COCOContents(
      dataset: dataset, findings: findings, rejections: rejections, met: met,
      imageRepairs: imageRepairs, annotationRepairs: annotationRepairs,
      unnumbered: unnumbered)
    contents.textNumbered = textNumbered
    contents.reported = reported
    contents.words = words
    contents.notes = notes
    return contents
  }

  /// Gives ids that are words the numbers after the highest in use.
  private mutating func numberNames() {
    words = IDWords(images: usedIDs(.image), categories: usedIDs(.category))
    guard !(imageNames.isEmpty && annotationNames.isEmpty && categoryNames.isEmpty) else { return }
    if keepsTextIDs {
      words.number(images: imageNames.map(\.name), categories: categoryNames.map(\.name))
    }
    for named in imageNames { dataset.images[named.index].id = words.id(ofImage: named.name) }
    for named in categoryNames {
      dataset.categories[named.index].id = words.id(ofCategory: named.name)
    }
    let byName = keepsTextIDs ? [:] : categoriesByName
    for named in annotationNames {
      switch named.role {
      case .image: dataset.annotations[named.index].imageID = words.id(ofImage: named.name)
      case .category:
        let isKnown = words.categories.knownID(of: named.name) != nil
        dataset.annotations[named.index].categoryID =
          isKnown
          ? words.id(ofCategory: named.name)
          : byName[named.name] ?? words.id(ofCategory: named.name)
      case .annotation:
        let isMarked = keepsTextIDs && named.name.hasPrefix(NamedID.textMark)
        let digits = named.name.dropFirst(isMarked ? NamedID.textMark.count : 0)
        dataset.annotations[named.index].id = Int(digits) ?? AnnotationDecoder.unnumbered
        if isMarked { textNumbered.append(named.index) }
      }
    }
  }

  /// Returns the ids that no word gets: those that are numbers, and numbers that an annotation
  /// refers to though no record has them. If texts are kept apart, a second file may use any number
  /// that people assign.
  private func usedIDs(_ kind: Rejection.Kind) -> [Int] {
    if keepsTextIDs { return [IDWords.remote] }
    let own = kind == .image ? dataset.images.map(\.id) : dataset.categories.map(\.id)
    let used = own + rejectedNumbers(kind)
    let names = kind == .image ? imageNames : categoryNames
    guard !names.isEmpty || !annotationNames.isEmpty else { return used }
    let highest =
      kind == .image
      ? dataset.annotations.lazy.map(\.imageID).max()
      : dataset.annotations.lazy.compactMap(\.categoryID).max()
    return used + [highest ?? 0]
  }

  /// Returns the ids, as far as they are numbers, of records that were left out: no other gets
  /// them.
  private func rejectedNumbers(_ kind: Rejection.Kind) -> [Int] {
    rejectedIDs.compactMap { ids in
      if ids.kind == kind, case .number(let number) = ids.id { number } else { nil }
    }
  }

  /// The categories by their names, as far as no two have the same one: an annotation may give its
  /// category's name in place of the id.
  private var categoriesByName: [String: Int] {
    var ids: [String: Int?] = [:]
    for category in dataset.categories {
      if let known = ids[category.name], known != category.id {
        ids[category.name] = .some(nil)
      } else {
        ids[category.name] = category.id
      }
    }
    return ids.compactMapValues { $0 }
  }

  /// Joins categories that occur several times, as in files of programs that list them again for
  /// each image.
  private mutating func joinCategories() {
    var seen: [Int: Category] = [:]
    let before = dataset.categories.count
    dataset.categories.removeAll { category in
      guard let first = seen[category.id] else {
        seen[category.id] = category
        return false
      }
      return first.name == category.name
    }
    let joined = before - dataset.categories.count
    guard joined > 0 else { return }
    notes.append(
      "\(joined) of \(before) categories appear here again with the same id and name, and are read "
        + "once")
  }

  /// Notes what was left out, by the numbers that its ids have now.
  private mutating func tellRejected() {
    func number(_ name: RejectedIDs.Name?, _ table: IDTable) -> Int? {
      switch name {
      case .number(let number): number
      case .word(let word):
        table.knownID(of: word) ?? table.knownID(of: NamedID.textMark + word)
      case nil: nil
      }
    }
    for ids in rejectedIDs {
      switch ids.kind {
      case .image, .category:
        let table = ids.kind == .image ? words.images : words.categories
        if let id = number(ids.id, table) { reported.leaveOut(ids.kind, id: id, file: source) }
      case .annotation:
        reported.leaveOutAnnotation(
          imageID: number(ids.imageID, words.images),
          categoryID: number(ids.categoryID, words.categories), file: source)
      }
    }
  }

  /// Gives annotations without an id of their own numbers after the highest in use.
  private mutating func numberUnnumbered() {
    guard lacksIDs || annotationNames.contains(where: { $0.role == .annotation }) else { return }
    var highest = rejectedNumbers(.annotation).max() ?? 0
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
    var numbers = FreeNumbers(after: numbersAfter ?? highest) { dataset.annotations.map(\.id) }
    for index in missing { dataset.annotations[index].id = numbers.next() }
    let named = Set(annotationNames.lazy.filter { $0.role == .annotation }.map(\.index))
    unnumbered = named.isEmpty ? missing : missing.filter { !named.contains($0) }
  }

  /// Reports ids that are words with their numbers, if repairs are reported.
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

  /// Reports a word that is replaced by a number: it is lost, and others may know the record by it.
  private mutating func report(_ named: NamedID, _ number: Int) {
    guard let place = named.place else { return }
    findings.append(
      Finding(
        .nonIntegerID, named.message,
        at: Origin(file: source, offset: place.lowerBound),
        fixes: [.writing(String(number), at: place, isSafe: false)]))
  }
}

extension JSONValue {
  /// The keys, each after a point, under which a value holds COCO's lists; nil if it holds none.
  fileprivate var datasetPath: String? {
    guard case .object(let object) = self else { return nil }
    let lists = [object["images"], object["annotations"]]
    if lists.contains(where: { if case .array? = $0 { true } else { false } }) { return "" }
    for member in object.members {
      if let path = member.value.datasetPath { return ".\(member.name)\(path)" }
    }
    return nil
  }
}
