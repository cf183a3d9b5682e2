import COCO

/// One round of fixes: no value is touched twice, and positions hold until the round ends.
struct FixRound {
  private var subject: Subject
  private(set) var journal: FixJournal
  private(set) var hasApplied = false
  /// The parts of each record that have been touched.
  private var touched: [RecordReference: Parts] = [:]
  private var removed: Set<RecordReference> = []
  /// The categories that others are merged into: they keep their id and their place.
  private var mergeTargets: Set<RecordReference> = []
  /// The new ids of categories by old ones, for the annotations, dataset by dataset.
  private var newCategoryIDs: [Int: [Int: Int]] = [:]
  /// The new ids of images by old ones, for the annotations, dataset by dataset.
  private var newImageIDs: [Int: [Int: Int]] = [:]
  /// The ids of categories that get another name, dataset by dataset.
  private var renamed: [Int: Set<Int>] = [:]

  /// The parts of a record.
  private struct Parts: OptionSet {
    let rawValue: UInt8
    static let shape = Parts(rawValue: 1)
    static let area = Parts(rawValue: 2)
    static let crowd = Parts(rawValue: 4)
    static let keypoints = Parts(rawValue: 8)
    static let id = Parts(rawValue: 16)
    static let name = Parts(rawValue: 32)
    static let place = Parts(rawValue: 64)
    static let all = Parts(rawValue: .max)
  }

  init(_ subject: Subject, _ journal: FixJournal) {
    self.subject = subject
    self.journal = journal
  }

  /// Applies `fix` to the record of `finding`; returns false if it has to wait for the next round.
  mutating func apply(_ fix: Fix, to finding: Finding) -> Bool {
    guard let record = finding.record else { return false }
    let parts = fix.edits.reduce(into: Parts()) { $0.formUnion(Self.parts(of: $1)) }
    guard !parts.isEmpty, touched[record, default: []].isDisjoint(with: parts),
      !mergeTargets.contains(record) || parts.isDisjoint(with: [.id, .place]),
      keepsMergeTargets(of: fix, record)
    else { return false }
    touched[record, default: []].formUnion(parts)
    for edit in fix.edits {
      apply(edit, to: record)
      if !edit.fields.isEmpty { journal.note(edit.fields, of: record) }
    }
    hasApplied = true
    return true
  }

  /// Applies the first fix of a reader's finding that changes a text or gives a record its id;
  /// returns it, or nil if there is none.
  mutating func applyReading(_ finding: Finding, allowsUnsafe: Bool) -> Fix? {
    let fix = finding.fixes.first { fix in
      (fix.isSafe || allowsUnsafe) && fix.edits.contains { $0.isOfText || $0.isOfID }
    }
    for edit in fix?.edits ?? [] {
      if case .replaceText(let range, let text) = edit {
        journal.note(text, at: range, for: finding)
      } else if let record = finding.record, edit.isOfID {
        apply(edit, to: record)
        journal.note(edit.fields, of: record)
      }
    }
    return fix
  }

  /// Protects the categories that `fix` merges into; returns false if one is about to change its id
  /// or be removed.
  private mutating func keepsMergeTargets(of fix: Fix, _ record: RecordReference) -> Bool {
    for case .merge(let id) in fix.edits {
      let categories = subject.datasets[record.dataset].categories
      guard let index = categories.firstIndex(where: { $0.id == id }) else { return false }
      let target = RecordReference(.category, index, dataset: record.dataset)
      guard touched[target, default: []].isDisjoint(with: [.id, .place]) else { return false }
      mergeTargets.insert(target)
    }
    return true
  }

  private static func parts(of edit: Fix.Edit) -> Parts {
    switch edit {
    case .setBox, .setSegmentation: [.shape, .area]
    case .setArea: .area
    case .setCrowd: .crowd
    case .setKeypointCount: .keypoints
    case .setID: .id
    case .setSize: .shape
    case .rename: .name
    case .merge, .remove: .all
    case .replaceText: []
    }
  }

  private mutating func apply(_ edit: Fix.Edit, to record: RecordReference) {
    let (set, index) = (record.dataset, record.index)
    switch record.kind {
    case .annotation:
      subject.datasets[set].annotations[index].isChanged = true
      if edit == .remove { removed.insert(record) }
      let area = subject.datasets[set].annotations[index].area?.bitPattern
      Self.apply(edit, to: &subject.datasets[set].annotations[index])
      if subject.datasets[set].annotations[index].area?.bitPattern != area {
        journal.note([.area], of: record)
      }
    case .image:
      subject.datasets[set].images[index].isChanged = true
      applyToImage(edit, record)
    case .category: applyToCategory(edit, record)
    }
  }

  private static func apply(_ edit: Fix.Edit, to annotation: inout Annotation) {
    switch edit {
    case .setBox(let box):
      // The area of a box goes with the box; that of a mask is left to its rule.
      if let old = annotation.box, let area = annotation.area, annotation.segmentation == nil,
        abs(area - old.area) <= 1e-6 * max(abs(area), 1)
      {
        annotation.area = box.area
      }
      annotation.box = box
    case .setSegmentation(let segmentation): annotation.segmentation = segmentation
    case .setArea(let area): annotation.area = area
    case .setCrowd(let crowd): annotation.isCrowd = crowd
    case .setKeypointCount(let count): annotation.extra["num_keypoints"] = .integer(count)
    case .setID(let id): annotation.id = id
    case .setSize, .rename, .merge, .remove, .replaceText: break
    }
  }

  private mutating func applyToImage(_ edit: Fix.Edit, _ record: RecordReference) {
    let (set, index) = (record.dataset, record.index)
    switch edit {
    case .setID(let id):
      let old = subject.datasets[set].images[index].id
      if isOnly(old, among: subject.datasets[set].images.lazy.map(\.id)) {
        newImageIDs[set, default: [:]][old] = id
      }
      subject.datasets[set].images[index].id = id
    case .setSize(let width, let height):
      subject.datasets[set].images[index].width = width
      subject.datasets[set].images[index].height = height
    case .remove: removed.insert(record)
    default: break
    }
  }

  private mutating func applyToCategory(_ edit: Fix.Edit, _ record: RecordReference) {
    let (set, index) = (record.dataset, record.index)
    let old = subject.datasets[set].categories[index].id
    switch edit {
    case .setID(let id):
      if isOnly(old, among: subject.datasets[set].categories.lazy.map(\.id)) {
        newCategoryIDs[set, default: [:]][old] = id
      }
      subject.datasets[set].categories[index].id = id
    case .rename(let name):
      renamed[set, default: []].insert(old)
      subject.datasets[set].categories[index].name = name
    case .merge(let id):
      newCategoryIDs[set, default: [:]][old] = id
      removed.insert(record)
    case .remove: removed.insert(record)
    default: break
    }
  }

  private func isOnly(_ id: Int, among ids: some Sequence<Int>) -> Bool {
    ids.lazy.filter { $0 == id }.prefix(2).reduce(0) { count, _ in count + 1 } == 1
  }

  /// Returns the subject with all changes made: annotations follow their images and categories, and
  /// what is taken away goes.
  consuming func finish() -> (Subject, FixJournal) {
    for set in subject.datasets.indices {
      relabel(set)
      removeRecords(from: set)
    }
    return (subject, journal)
  }

  private mutating func relabel(_ set: Int) {
    let (categories, images) = (newCategoryIDs[set] ?? [:], newImageIDs[set] ?? [:])
    let renamed = renamed[set] ?? []
    guard !categories.isEmpty || !images.isEmpty || !renamed.isEmpty else { return }
    for index in subject.datasets[set].annotations.indices {
      let annotation = subject.datasets[set].annotations[index]
      let category = annotation.categoryID.flatMap { categories[$0] }
      let image = images[annotation.imageID]
      let isRenamed = annotation.categoryID.map(renamed.contains) ?? false
      let changed: [RecordField?] = [
        category == nil ? nil : .categoryID, image == nil ? nil : .imageID,
        isRenamed ? .name : nil,
      ]
      let fields = Set(changed.compactMap(\.self))
      guard !fields.isEmpty else { continue }
      journal.note(fields, of: RecordReference(.annotation, index, dataset: set))
      guard category != nil || image != nil else { continue }
      subject.datasets[set].annotations[index].categoryID = category ?? annotation.categoryID
      subject.datasets[set].annotations[index].imageID = image ?? annotation.imageID
      subject.datasets[set].annotations[index].isChanged = true
    }
  }

  private mutating func removeRecords(from set: Int) {
    let gone = removed.filter { $0.dataset == set }
    guard !gone.isEmpty else { return }
    let dataset = subject.datasets[set]
    let images = kept(of: dataset.images.count, .image, gone)
    let left = Set(images.map { dataset.images[$0].id })
    let lost = Set(indices(.image, gone).map { dataset.images[$0].id }).subtracting(left)
    let staying = kept(of: dataset.annotations.count, .annotation, gone)
    let followers = Set(staying.filter { lost.contains(dataset.annotations[$0].imageID) })
    let annotations = staying.filter { !followers.contains($0) }
    let categories = kept(of: dataset.categories.count, .category, gone)
    journal.keep(images, of: .image, count: dataset.images.count, dataset: set)
    journal.keep(
      annotations, of: .annotation, count: dataset.annotations.count, dataset: set,
      followers: followers)
    journal.keep(categories, of: .category, count: dataset.categories.count, dataset: set)
    if !subject.pictures.isEmpty, !subject.pictures[set].isEmpty {
      subject.pictures[set] = images.map { subject.pictures[set][$0] }
    }
    subject.datasets[set].images = images.map { dataset.images[$0] }
    subject.datasets[set].categories = categories.map { dataset.categories[$0] }
    subject.datasets[set].annotations = annotations.map { dataset.annotations[$0] }
  }

  /// Returns the positions of the records of a kind that stay.
  private func kept(
    of count: Int, _ kind: Rejection.Kind, _ gone: Set<RecordReference>
  ) -> [Int] {
    let indices = indices(kind, gone)
    return (0..<count).filter { !indices.contains($0) }
  }

  private func indices(_ kind: Rejection.Kind, _ records: Set<RecordReference>) -> Set<Int> {
    Set(records.lazy.filter { $0.kind == kind }.map(\.index))
  }
}

extension Fix.Edit {
  /// The fields of its record that the edit sets.
  fileprivate var fields: Set<RecordField> {
    switch self {
    case .setBox: [.box]
    case .setSegmentation: [.segmentation]
    case .setArea: [.area]
    case .setCrowd: [.isCrowd]
    case .setKeypointCount: [.keypointCount]
    case .setID: [.id]
    case .setSize: [.width, .height]
    case .rename: [.name]
    case .merge, .remove, .replaceText: []
    }
  }

  fileprivate var isOfText: Bool { if case .replaceText = self { true } else { false } }
  fileprivate var isOfID: Bool { if case .setID = self { true } else { false } }
}

/// A sequence of ids that no record has.
struct FreeIDs {
  private var next: Int
  /// The ids in use; filled only if there is no room after the highest.
  private var taken: Set<Int> = []

  /// Creates the ids after the highest of `ids`, from 1 on; if the highest is the greatest
  /// possible, the free ones among them.
  init(besides ids: some Sequence<Int>) {
    let highest = ids.reduce(0, max)
    let isRoomy = highest < Int.max / 2
    next = isRoomy ? highest + 1 : 1
    if !isRoomy { taken = Set(ids) }
  }

  mutating func take() -> Int {
    while taken.contains(next) { next += 1 }
    defer { next += 1 }
    return next
  }
}

extension DatasetView {
  /// The free ids for annotations. The first is for an annotation with the id 0, if there is one.
  var freeAnnotationIDs: FreeIDs { FreeIDs(besides: dataset.annotations.lazy.map(\.id)) }
}
