import COCO
import Files

/// What is otherwise in a dataset after it has been fixed, record by record.
struct DatasetChanges {
  private(set) var changes: [RecordChange] = []
  private(set) var unapplied: [UnappliedChange] = []
  private let before: Dataset
  private let after: Dataset
  private let index: Int
  private let images: RecordPairs
  private let categories: RecordPairs

  /// `index` is the dataset's position among the splits.
  init(_ before: Dataset, _ after: Dataset, index: Int, holding: CategoryHolding) {
    self.before = before
    self.after = after
    self.index = index
    images = RecordPairs(before.images, after.images, origin: \.origin)
    categories = .categories(before.categories, after.categories)
    compareImages()
    compareAnnotations(holding)
    compareCategories(holding)
  }

  private mutating func add(
    _ kind: Rejection.Kind, _ position: Int, _ origin: Origin?, _ content: RecordChange.Content
  ) {
    let record = RecordReference(kind, position, dataset: index)
    if let origin {
      changes.append(RecordChange(record: record, origin: origin, content: content))
    } else {
      unapplied.append(
        UnappliedChange(
          record: record, origin: nil, field: nil, reason: "the record stands in no file"))
    }
  }

  private mutating func refuse(_ added: [Int], _ kind: Rejection.Kind) {
    for position in added {
      unapplied.append(
        UnappliedChange(
          record: nil, origin: nil, field: nil,
          reason: "\(kind.rawValue) \(position) of the fixed set stands in no file"))
    }
  }

  private mutating func compareImages() {
    for (position, image) in before.images.enumerated() {
      let partner = images.partners[position].map { after.images[$0] }
      if let partner, image.fields(differingIn: partner).isEmpty, image.extra == partner.extra {
        continue
      }
      add(.image, position, image.origin, .image(image, partner))
    }
    refuse(images.added, .image)
  }

  private mutating func compareCategories(_ holding: CategoryHolding) {
    for (position, category) in before.categories.enumerated() {
      let partner = categories.partners[position].map { after.categories[$0] }
      guard let partner else {
        // Where objects name their categories, one that has none is gone.
        if holding != .names { note(category, nil, position, nil, holding) }
        continue
      }
      if category.id != partner.id { note(category, partner, position, .id, holding) }
      if category.name != partner.name, holding != .names {
        note(category, partner, position, .name, holding)
      }
      if category.supercategory != partner.supercategory || category.extra != partner.extra {
        note(category, partner, position, nil, holding)
      }
    }
    refuse(categories.added, .category)
  }

  /// A category that is a record of a file changes as a whole, once; of others nothing can.
  private mutating func note(
    _ category: Category, _ partner: Category?, _ position: Int, _ field: RecordField?,
    _ holding: CategoryHolding
  ) {
    let record = RecordReference(.category, position, dataset: index)
    if holding == .records, let origin = category.origin {
      if changes.last?.record == record { return }
      changes.append(
        RecordChange(record: record, origin: origin, content: .category(category, partner)))
      return
    }
    let reason =
      switch holding {
      case .records: "no file holds this category as a record"
      case .names: "files hold the names of categories only"
      case .list: "the list of class names is not rewritten"
      }
    unapplied.append(
      UnappliedChange(record: record, origin: category.origin, field: field, reason: reason))
  }

  private mutating func compareAnnotations(_ holding: CategoryHolding) {
    let pairs = RecordPairs(before.annotations, after.annotations, origin: \.origin)
    let settings = AnnotationSettings(before, after, images: images, categories: categories)
    let watchesNames = holding == .names && before.categories != after.categories
    for (position, annotation) in before.annotations.enumerated() {
      let partner = pairs.partners[position].map { after.annotations[$0] }
      let isSame = partner.map { annotation.isSame(as: $0) } ?? false
      if isSame, !watchesNames { continue }
      let setting = settings.setting(annotation, partner)
      if isSame, setting.oldCategory?.name == setting.newCategory?.name { continue }
      add(.annotation, position, annotation.origin, .annotation(annotation, partner, setting))
    }
    refuse(pairs.added, .annotation)
  }
}

/// Looks up what annotations belong to, before and after.
private struct AnnotationSettings {
  private let before: Dataset
  private let after: Dataset
  private let oldImages: IDIndex
  private let oldCategories: IDIndex
  private let newCategories: IDIndex
  private let images: RecordPairs
  /// For each category of the fixed dataset its index in the dataset as it was read.
  private let sources: [Int: Int]

  init(_ before: Dataset, _ after: Dataset, images: RecordPairs, categories: RecordPairs) {
    self.before = before
    self.after = after
    self.images = images
    oldImages = IDIndex(before.images.map(\.id))
    oldCategories = IDIndex(before.categories.map(\.id))
    newCategories = IDIndex(after.categories.map(\.id))
    var sources: [Int: Int] = [:]
    for (position, partner) in categories.partners.enumerated() {
      if let partner { sources[partner] = position }
    }
    self.sources = sources
  }

  func setting(_ old: Annotation, _ new: Annotation?) -> AnnotationSetting {
    let image = oldImages.position(of: old.imageID)
    let partner = image.flatMap { images.partners[$0] }
    let oldCategory = old.categoryID.flatMap(oldCategories.position)
    let newCategory = new?.categoryID.flatMap(newCategories.position)
    return AnnotationSetting(
      image: image.map { before.images[$0] },
      followsImage: image != nil && partner == nil && new == nil,
      changesImage: new.map { $0.imageID != partner.map { after.images[$0].id } ?? old.imageID }
        ?? false,
      oldCategory: oldCategory.map { before.categories[$0] },
      newCategory: newCategory.map { after.categories[$0] },
      newCategoryAsRead: newCategory.flatMap { sources[$0] }.map { before.categories[$0] })
  }
}
