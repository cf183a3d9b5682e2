import COCO
import Files

/// A check that removes the records that refer to an image or category by a text if its own id is a
/// number, or the reverse: Python keeps "1" and 1 apart, and so does pycocotools.
///
/// Nothing is checked unless a file has such texts.
struct IDTypeCheck {
  private let words: IDWords
  private let imageWords: [Int: String]
  private let categoryWords: [Int: String]
  private let images: IDIndex
  private let categories: IDIndex
  private(set) var findings: [Finding] = []
  /// The records left out for one reason, in the order of their occurrence.
  private var mismatches: [Mismatch] = []

  /// References of one kind from one file that are left out.
  private struct Mismatch {
    let field: RecordField
    let isResults: Bool
    let isText: Bool
    let example: String
    let origin: Origin?
    var count = 1
  }

  init(_ truth: COCOContents, _ results: DetectionContents) {
    words = truth.words
    imageWords = results.imageWords
    categoryWords = results.categoryWords
    images = IDIndex(truth.dataset.images.map(\.id))
    categories = IDIndex(truth.dataset.categories.map(\.id))
  }

  private var isNeeded: Bool {
    !(words.isEmpty && imageWords.isEmpty && categoryWords.isEmpty)
  }

  /// Removes the records and reports them, once for each kind of reference.
  mutating func apply(_ dataset: inout Dataset, _ detections: inout [[Detection]]) {
    guard isNeeded else { return }
    tellMixed(dataset)
    dataset.annotations = dataset.annotations.filter { annotation in
      keeps(
        annotation.imageID, words.word(ofImage: annotation.imageID), .imageID, annotation.origin)
        && annotation.categoryID.map {
          keeps($0, words.word(ofCategory: $0), .categoryID, annotation.origin)
        } ?? true
    }
    for batch in detections.indices {
      detections[batch] = detections[batch].filter { detection in
        let image = imageWords[detection.imageID] ?? words.word(ofImage: detection.imageID)
        let category =
          categoryWords[detection.categoryID] ?? words.word(ofCategory: detection.categoryID)
        return keeps(detection.imageID, image, .imageID, detection.origin, isResults: true)
          && keeps(detection.categoryID, category, .categoryID, detection.origin, isResults: true)
      }
    }
    findings += mismatches.map(finding)
  }

  /// Returns whether a reference is left to the evaluation: it is known, or a number that no record
  /// has.
  private mutating func keeps(
    _ id: Int, _ word: String?, _ field: RecordField, _ origin: Origin?, isResults: Bool = false
  ) -> Bool {
    let known = field == .imageID ? images : categories
    if known.position(of: id) != nil { return true }
    let isText = word.map(IDWords.isText) ?? false
    let example = word.map(IDWords.written) ?? String(id)
    let other = IDWords.counterpart(of: id, word) {
      field == .imageID ? words.id(ofKnownImage: $0) : words.id(ofKnownCategory: $0)
    }
    if let other, known.position(of: other) != nil {
      let same = mismatches.firstIndex {
        $0.field == field && $0.isResults == isResults && $0.isText == isText
      }
      if let same {
        mismatches[same].count += 1
      } else {
        mismatches.append(
          Mismatch(
            field: field, isResults: isResults, isText: isText, example: example, origin: origin))
      }
      return false
    }
    guard word != nil else { return true }
    let what = field == .imageID ? "image" : "category"
    findings.append(
      Finding(
        field == .imageID ? .unknownImage : .unknownCategory,
        severity: field == .imageID && isResults ? .error : .warning,
        "no \(what) has the id \(example)", at: origin, field: field))
    return false
  }

  private func finding(_ mismatch: Mismatch) -> Finding {
    let list = mismatch.field == .imageID ? "images" : "categories"
    let record = mismatch.isResults ? "detection" : "annotation"
    let left = mismatch.count == 1 ? "1 \(record) is" : "\(mismatch.count) \(record)s are"
    return Finding(
      .idTypeMismatch,
      "\(mismatch.field.rawValue): \(mismatch.example) is \(mismatch.isText ? "text" : "a number") "
        + "here, and the ids of the ground truth's \(list) are "
        + "\(mismatch.isText ? "numbers" : "text"), which pycocotools keeps apart: "
        + "\(left) left out (--loose-ids joins them)", at: mismatch.origin, field: mismatch.field)
  }

  /// Reports a list of which some ids are texts and others numbers, which Python cannot sort.
  private mutating func tellMixed(_ dataset: Dataset) {
    let imageTexts = dataset.images.count {
      words.word(ofImage: $0.id).map(IDWords.isText) ?? false
    }
    if imageTexts > 0, imageTexts < dataset.images.count {
      tellMixed("images", imageTexts, dataset.images.first?.origin)
    }
    let categoryTexts = dataset.categories.count {
      words.word(ofCategory: $0.id).map(IDWords.isText) ?? false
    }
    if categoryTexts > 0, categoryTexts < dataset.categories.count {
      tellMixed("categories", categoryTexts, dataset.categories.first?.origin)
    }
  }

  private mutating func tellMixed(_ list: String, _ texts: Int, _ origin: Origin?) {
    findings.append(
      Finding(
        .idTypeMismatch,
        "expected ids of one kind, found \(texts) that are text and numbers beside them in "
          + "\"\(list)\": pycocotools stops with a TypeError", at: origin))
  }
}
