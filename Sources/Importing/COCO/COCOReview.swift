import COCO

/// Looks through the records of a COCO file: ids that stand twice, ids of nothing, boxes that COCO
/// cannot hold.
struct COCOReview {
  private let admission: Admission

  init(_ options: ImportOptions) {
    admission = Admission(appliesSafeFixes: options.appliesSafeFixes)
  }

  func review(_ dataset: inout Dataset, into imported: inout Imported) {
    let images = IDIndex(dataset.images.map(\.id))
    let categories = IDIndex(dataset.categories.map(\.id))
    reportDuplicates(in: dataset, images, categories, to: &imported)
    reportCategoryZero(in: dataset, to: &imported)
    var rejected: Set<Int> = []
    for index in dataset.annotations.indices {
      let verdict = judge(&dataset.annotations[index], images, categories)
      switch verdict {
      case .admitted: break
      case .fixed(let what):
        dataset.annotations[index].isChanged = true
        imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: 1)
      case .rejected(let finding):
        let record = dataset.annotations[index].asRecord(category: nil)
        imported.rejections.append(Rejection(.annotation, finding, record: record))
        rejected.insert(index)
        continue
      }
      if let position = images.position(of: dataset.annotations[index].imageID) {
        let image = dataset.images[position]
        if let note = admission.note(
          dataset.annotations[index], width: image.width, height: image.height)
        {
          imported.findings.append(note)
        }
      }
    }
    guard !rejected.isEmpty else { return }
    dataset.annotations = dataset.annotations.enumerated()
      .filter { !rejected.contains($0.offset) }.map(\.element)
  }

  private func judge(
    _ annotation: inout Annotation, _ images: IDIndex, _ categories: IDIndex
  ) -> Admission.Verdict {
    if images.position(of: annotation.imageID) == nil {
      return .rejected(
        Finding(
          "unknown-image", .error, "no image has the id \(annotation.imageID)",
          at: annotation.origin))
    }
    if let id = annotation.categoryID, categories.position(of: id) == nil {
      return .rejected(
        Finding(
          "unknown-category", .error, "no category has the id \(id)", at: annotation.origin))
    }
    return admission.judge(&annotation)
  }

  private func reportDuplicates(
    in dataset: Dataset, _ images: IDIndex, _ categories: IDIndex, to imported: inout Imported
  ) {
    for index in images.repeated {
      let image = dataset.images[index]
      imported.findings.append(
        Finding(
          "duplicate-image-id", .error, "another image has the id \(image.id) too",
          at: image.origin))
    }
    for index in categories.repeated {
      let category = dataset.categories[index]
      imported.findings.append(
        Finding(
          "duplicate-category-id", .error, "another category has the id \(category.id) too",
          at: category.origin))
    }
    for index in IDIndex(dataset.annotations.map(\.id)).repeated {
      let annotation = dataset.annotations[index]
      imported.findings.append(
        Finding(
          "duplicate-annotation-id", .error, "another annotation has the id \(annotation.id) too",
          at: annotation.origin))
    }
  }

  private func reportCategoryZero(in dataset: Dataset, to imported: inout Imported) {
    for category in dataset.categories where category.id == 0 {
      let isRoot = dataset.categories.contains { $0.supercategory == category.name }
      let isUsed = dataset.annotations.contains { $0.categoryID == 0 }
      if isRoot, !isUsed {
        imported.findings.append(
          Finding(
            "root-category", .information,
            "\"\(category.name)\" is only the others' supercategory; "
              + "--drop-unused-categories leaves it out", at: category.origin))
      } else {
        imported.findings.append(
          Finding(
            "category-zero", .warning,
            "\"\(category.name)\" has the id 0, which is the background of torchvision's detectors",
            at: category.origin))
      }
    }
  }
}

/// Where each id stands: a table where ids are dense, as they mostly are, else a dictionary.
struct IDIndex {
  private var table: [Int32] = []
  private var lowest = 0
  private var dictionary: [Int: Int] = [:]
  /// The positions of ids that stood before.
  private(set) var repeated: [Int] = []

  init(_ ids: [Int]) {
    guard let low = ids.min(), let high = ids.max() else { return }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, span / 4 <= ids.count + 1024, ids.count < Int32.max {
      lowest = low
      table = [Int32](repeating: -1, count: span + 1)
      for (position, id) in ids.enumerated() {
        if table[id - low] >= 0 {
          repeated.append(position)
        } else {
          table[id - low] = Int32(position)
        }
      }
    } else {
      for (position, id) in ids.enumerated() {
        if dictionary[id] == nil { dictionary[id] = position } else { repeated.append(position) }
      }
    }
  }

  /// The position of the first record with this id.
  func position(of id: Int) -> Int? {
    let (place, overflow) = id.subtractingReportingOverflow(lowest)
    if !overflow, place >= 0, place < table.count {
      return table[place] >= 0 ? Int(table[place]) : nil
    }
    return dictionary[id]
  }
}
