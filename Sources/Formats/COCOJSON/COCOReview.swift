import COCO
import Files

/// A review of the records of a COCO file: repeated ids, references to nothing, boxes that COCO
/// cannot hold.
struct COCOReview {
  private let admission: Admission
  private let tasks: OrderedTasks
  private static let annotationsInChunk = 16384

  init(_ options: ImportOptions) {
    admission = Admission(options)
    tasks = options.tasks
  }

  /// Whether records are left as they are written, for rules to judge.
  var leavesFaultsToRules: Bool { !admission.judgesRecords }

  /// Reviews the records of a file, whose dataset comes next among those of `imported`, and
  /// completes them.
  func review(_ contents: inout COCOContents, into imported: inout Imported) async throws {
    let unnumbered = COCOUnnumbered(contents)
    try await review(&contents.dataset, into: &imported)
    if leavesFaultsToRules {
      unnumbered.report(in: contents.dataset, at: imported.datasets.count, to: &imported)
    } else {
      Completion.complete(&contents.dataset, into: &imported)
    }
  }

  private func review(_ dataset: inout Dataset, into imported: inout Imported) async throws {
    if admission.judgesRecords {
      reportDuplicates(IDIndex(dataset.images.map(\.id)), in: dataset, to: &imported)
      reviewCategories(
        of: dataset, isZeroUsed: dataset.annotations.contains { $0.categoryID == 0 },
        into: &imported)
      reportSizes(of: dataset, to: &imported)
    }
    try await judge(&dataset, into: &imported)
  }

  /// Reviews the categories of a set.
  ///
  /// - Parameter isZeroUsed: Whether annotations have the category 0.
  func reviewCategories(
    of dataset: Dataset, isZeroUsed: Bool, into imported: inout Imported
  ) {
    for index in IDIndex(dataset.categories.map(\.id)).repeated {
      let category = dataset.categories[index]
      imported.findings.append(
        Finding(
          .duplicateCategoryID, "another category also has the id \(category.id)",
          at: category.origin, field: .id))
    }
    reportCategoryZero(in: dataset, isUsed: isZeroUsed, to: &imported)
  }

  /// Judges the annotations of a set one by one, and removes those that COCO cannot hold.
  func judge(_ dataset: inout Dataset, into imported: inout Imported) async throws {
    let images = IDIndex(dataset.images.map(\.id))
    let categories = IDIndex(dataset.categories.map(\.id))
    let results = try await judge(dataset, images, categories, imported.reported)
    var rejected: Set<Int> = []
    for result in results {
      imported.findings += result.findings
      for (index, finding, follows) in result.rejected {
        let record = dataset.annotations[index].asRecord(category: nil)
        imported.rejections.append(
          Rejection(.annotation, finding, record: record, followsPicture: follows))
        imported.reported.leaveOut(dataset.annotations[index])
        rejected.insert(index)
      }
      for (index, field) in result.leftOut {
        dataset.annotations[index].leaveOut(field)
        let what = "\(field.rawValue) that is not finite left out"
        imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: 1)
      }
      for (index, box, what) in result.fixed {
        dataset.annotations[index].box = box
        // The product of an inverted box's sides; that of the fixed one is filled in.
        if let area = dataset.annotations[index].area, area < 0 {
          dataset.annotations[index].area = nil
        }
        dataset.annotations[index].isChanged = true
        imported.changes[what, default: RecordCounts()] += RecordCounts(annotations: 1)
      }
    }
    guard !rejected.isEmpty else { return }
    dataset.annotations = dataset.annotations.enumerated()
      .filter { !rejected.contains($0.offset) }.map(\.element)
  }

  /// The results of a task for its annotations, by their indices.
  private struct Result: Sendable {
    var findings: [Finding] = []
    /// Whether the record is left out only because another one is, which is reported itself.
    var rejected: [(Int, Finding, follows: Bool)] = []
    /// The fields that COCO cannot hold, of annotations that can lack them.
    var leftOut: [(Int, RecordField)] = []
    var fixed: [(Int, Box, String)] = []
  }

  private func judge(
    _ dataset: Dataset, _ images: IDIndex, _ categories: IDIndex, _ reported: ReportedFaults
  ) async throws -> [Result] {
    let annotations = dataset.annotations
    let pictures = dataset.images
    let chunks = (annotations.count + Self.annotationsInChunk - 1) / Self.annotationsInChunk
    return try await tasks.map(chunks) { chunk in
      let first = chunk * Self.annotationsInChunk
      var result = Result()
      annotations.withUnsafeBufferPointer { annotations in
        guard let start = annotations.baseAddress else { return }
        for index in first..<min(first + Self.annotationsInChunk, annotations.count) {
          // Not taken out: doing so counts references, and both cores count the same ones.
          let annotation = start + index
          // With a box it is left to the rules of validation.
          if !admission.judgesRecords, annotation.pointee.box != nil,
            annotation.pointee.categoryID != nil
          {
            continue
          }
          switch judge(annotation, images, categories) {
          case .admitted: break
          case .fixed(let box, let what): result.fixed.append((index, box, what))
          case .rejected(let finding):
            if let field = Self.spared(finding, annotation) {
              result.leftOut.append((index, field))
              result.findings.append(finding)
              break
            }
            let follows = reported.explains(finding, of: annotation.pointee)
            result.rejected.append((index, finding, follows: follows))
            continue
          }
          guard let position = images.position(of: annotation.pointee.imageID) else {
            continue
          }
          if let note = admission.note(
            annotation, width: pictures[position].width, height: pictures[position].height)
          {
            result.findings.append(note)
          }
        }
      }
      return result
    }
  }

  private func judge(
    _ annotation: UnsafePointer<Annotation>, _ images: IDIndex, _ categories: IDIndex
  ) -> Admission.Verdict {
    if annotation.pointee.categoryID == nil, annotation.pointee.extra["caption"] == nil {
      return .rejected(
        Finding(
          .missingField, "the annotation has no \"category_id\"", at: annotation.pointee.origin))
    }
    // Keypoints have no box of their own, as an outline has, and an empty outline has none either.
    if annotation.pointee.box == nil, annotation.pointee.categoryID != nil,
      !Outline(annotation.pointee.segmentation).isPresent
    {
      return .rejected(
        Finding(
          .missingField, "the annotation has no \"bbox\"", at: annotation.pointee.origin,
          field: .box))
    }
    guard admission.judgesRecords else { return admission.judge(annotation) }
    if images.position(of: annotation.pointee.imageID) == nil {
      return .rejected(
        Finding(.unknownImage(annotation.pointee.imageID), at: annotation.pointee.origin))
    }
    if let id = annotation.pointee.categoryID, categories.position(of: id) == nil {
      return .rejected(
        Finding(.unknownCategory(id), at: annotation.pointee.origin))
    }
    return admission.judge(annotation)
  }

  /// Returns the dispensable field of an annotation that is not finite; its box is kept.
  private static func spared(
    _ finding: Finding, _ annotation: UnsafePointer<Annotation>
  ) -> RecordField? {
    guard finding.kind == .nonFiniteValue, annotation.pointee.box != nil else { return nil }
    return finding.field
  }

  private func reportDuplicates(
    _ images: IDIndex, in dataset: Dataset, to imported: inout Imported
  ) {
    for index in images.repeated {
      let image = dataset.images[index]
      imported.findings.append(
        Finding(
          .duplicateImageID, "another image also has the id \(image.id)",
          at: image.origin, field: .id))
    }
    for index in IDIndex(dataset.annotations).repeated {
      let annotation = dataset.annotations[index]
      imported.findings.append(
        Finding(.duplicateAnnotationID(annotation.id), at: annotation.origin))
    }
  }

  func reportSizes(of dataset: Dataset, to imported: inout Imported) {
    for image in dataset.images where image.width <= 0 || image.height <= 0 {
      imported.findings.append(Finding(.zeroImageSize(image), at: image.origin))
    }
  }

  private func reportCategoryZero(
    in dataset: Dataset, isUsed: Bool, to imported: inout Imported
  ) {
    for category in dataset.categories where category.id == 0 {
      let isRoot = dataset.categories.contains { $0.supercategory == category.name }
      if isRoot, !isUsed {
        imported.findings.append(
          Finding(
            .rootCategory,
            "\"\(category.name)\" is only the others' supercategory; "
              + "--drop-unused-categories leaves it out", at: category.origin))
      } else {
        imported.findings.append(Finding(.categoryZero(category), at: category.origin))
      }
    }
  }
}

/// The annotations of a COCO file that have no id of their own, which pycocotools needs.
///
/// They were given numbers when they were read, which identify them once the review has removed
/// some.
struct COCOUnnumbered {
  private let ids: Set<Int>

  init(_ contents: COCOContents) {
    ids = Set(contents.unnumbered.map { contents.dataset.annotations[$0].id })
  }

  /// Reports those that are in `dataset`, which comes at `index` among the splits.
  ///
  /// - Parameter start: The number of the split's annotations before these.
  func report(
    in dataset: Dataset, at index: Int, after start: Int = 0, to imported: inout Imported
  ) {
    guard !ids.isEmpty else { return }
    for (position, annotation) in dataset.annotations.enumerated()
    where ids.contains(annotation.id) {
      let fix = Fix(
        "give it the id \(annotation.id)", isSafe: true, edits: [.setID(annotation.id)])
      imported.findings.append(
        Finding(
          .missingField, severity: .warning, "the annotation has no \"id\"", at: annotation.origin,
          record: RecordReference(.annotation, start + position, dataset: index), field: .id,
          fixes: [fix]))
    }
  }
}

extension Annotation {
  /// Removes a field that COCO cannot hold.
  fileprivate mutating func leaveOut(_ field: RecordField) {
    switch field {
    case .area: area = nil
    case .segmentation: segmentation = nil
    case .keypoints: keypoints = nil
    default: return
    }
    isChanged = true
  }
}
