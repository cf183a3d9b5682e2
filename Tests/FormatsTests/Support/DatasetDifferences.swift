import COCO
import Files

/// The changes that make a dataset as it was read another one. Fixes write them down as they are
/// applied; a test says what it wants to come of them instead.
struct DatasetDifferences {
  private(set) var changes: [RecordChange] = []
  private let before: Dataset
  private let after: Dataset
  private let index: Int
  private let images: RecordPairs
  private let categories: RecordPairs

  init(_ before: Dataset, _ after: Dataset, index: Int) {
    self.before = before
    self.after = after
    self.index = index
    images = RecordPairs(before.images, after.images, origin: \.origin)
    categories = .categories(before.categories, after.categories)
    compareImages()
    compareAnnotations()
    compareCategories()
  }

  private mutating func add(
    _ kind: Rejection.Kind, _ position: Int, _ origin: Origin?, _ fields: [RecordField],
    _ content: RecordChange.Content
  ) {
    changes.append(
      RecordChange(
        record: RecordReference(kind, position, dataset: index), origin: origin,
        fields: Set(fields), content: content))
  }

  private mutating func compareImages() {
    for (position, image) in before.images.enumerated() {
      let partner = images.partners[position].map { after.images[$0] }
      let fields = partner.map { image.fields(differingIn: $0) } ?? []
      if partner != nil, fields.isEmpty { continue }
      add(.image, position, image.origin, fields, .image(image, partner))
    }
  }

  private mutating func compareCategories() {
    for (position, category) in before.categories.enumerated() {
      let partner = categories.partners[position].map { after.categories[$0] }
      var fields: [RecordField] = []
      if let partner, partner.id != category.id { fields.append(.id) }
      if let partner, partner.name != category.name { fields.append(.name) }
      if partner != nil, fields.isEmpty { continue }
      add(.category, position, category.origin, fields, .category(category, partner))
    }
  }

  private mutating func compareAnnotations() {
    let pairs = RecordPairs(before.annotations, after.annotations, origin: \.origin)
    for (position, annotation) in before.annotations.enumerated() {
      let partner = pairs.partners[position].map { after.annotations[$0] }
      let setting = setting(annotation, partner)
      var fields = partner.map { annotation.fields(differingIn: $0) } ?? []
      if partner != nil, setting.oldCategory?.name != setting.newCategory?.name {
        fields.append(.name)
      }
      if partner != nil, fields.isEmpty { continue }
      add(
        .annotation, position, annotation.origin, fields, .annotation(annotation, partner, setting))
    }
  }

  private func setting(_ old: Annotation, _ new: Annotation?) -> AnnotationSetting {
    let image = before.images.firstIndex { $0.id == old.imageID }
    let newCategory = after.categories.firstIndex { $0.id == new?.categoryID }
    let asRead = categories.partners.firstIndex { $0 != nil && $0 == newCategory }
    return AnnotationSetting(
      image: image.map { before.images[$0] },
      followsImage: new == nil && image.map { images.partners[$0] == nil } ?? false,
      oldCategory: before.categories.first { $0.id == old.categoryID },
      newCategory: newCategory.map { after.categories[$0] },
      newCategoryAsRead: asRead.map { before.categories[$0] })
  }
}

/// Which record of a fixed dataset is which of the dataset as it was read.
struct RecordPairs {
  /// For each record that was read its index in the fixed dataset; nil where it is gone.
  private(set) var partners: [Int?]
  /// Records of the fixed dataset that come from no file.
  private(set) var added: [Int] = []

  /// Pairs records by their origins; of several that share one, the first with the first.
  init<Record>(_ before: [Record], _ after: [Record], origin: (Record) -> Origin?) {
    partners = []
    partners.reserveCapacity(before.count)
    var next = 0
    // Mostly no record has moved.
    for record in before {
      let isNext =
        next < after.count && origin(record) != nil && origin(after[next]) == origin(record)
      partners.append(isNext ? next : nil)
      if isNext { next += 1 }
    }
    if next < after.count { pairOneByOne(before.map(origin), after.map(origin)) }
  }

  private mutating func pairOneByOne(_ before: [Origin?], _ after: [Origin?]) {
    var places: [Origin: [Int]] = [:]
    for (index, origin) in after.enumerated().reversed() {
      if let origin { places[origin, default: []].append(index) }
    }
    partners = before.map { origin in origin.flatMap { places[$0]?.popLast() } }
    let paired = Set(partners.compactMap(\.self))
    added = after.indices.filter { !paired.contains($0) }
  }

  /// Pairs categories; those that have no place of their own by what they are called.
  static func categories(_ before: [Category], _ after: [Category]) -> RecordPairs {
    guard Set(before.compactMap(\.origin)).count < before.count else {
      return RecordPairs(before, after, origin: \.origin)
    }
    var pairs = RecordPairs(before, [], origin: \.origin)
    var free = Set(after.indices)
    let tests: [(Category, Category) -> Bool] = [
      { $0.id == $1.id && $0.name == $1.name }, { $0.id == $1.id }, { $0.name == $1.name },
    ]
    for isSame in tests {
      for index in before.indices where pairs.partners[index] == nil {
        guard
          let partner = after.indices.first(where: {
            free.contains($0) && isSame(before[index], after[$0])
          })
        else { continue }
        pairs.partners[index] = partner
        free.remove(partner)
      }
    }
    pairs.added = free.sorted()
    return pairs
  }
}
