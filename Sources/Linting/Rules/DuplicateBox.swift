import COCO

/// See `summary`.
struct DuplicateBox: ImageRule {
  static let kind = FaultKind.duplicateBox
  static let fixability = Fixability.both
  static let summary = "an object annotated twice"
  static let explanation = """
    Two boxes of one category cover the same area. Evaluation can match only one of them and \
    counts the other as missed, and Ultralytics silently drops exact copies. The safe fix removes \
    a copy that is equal in every value, the unsafe fix one that is only nearly equal. `overlap` \
    is the intersection over union at or above which two boxes count as the same.
    """
  static let examples = [
    Example.flags(
      "the same box twice", .example(.object(1, 9, 9, 20, 20), .object(2, 9, 9, 20, 20)),
      fixed: .example(.object(1, 9, 9, 20, 20))),
    Example.flags(
      "nearly the same box", .example(.object(1, 9, 9, 20, 20), .object(2, 9, 9, 20, 20.5)),
      fixed: .example(.object(1, 9, 9, 20, 20))),
    Example.allows(
      "two boxes side by side", .example(.object(1, 9, 9, 20, 20), .object(2, 12, 9, 20, 20))),
  ]

  var overlap = 0.95

  func check(_ view: ImageView, into faults: inout Faults) {
    var last = -1
    BoxPairs.forEach(on: view, iou: overlap) { first, second, iou in
      let (one, other) = (view.set.dataset.annotations[first], view.set.dataset.annotations[second])
      // A copy with its id is reported for the id.
      guard second != last, one.categoryID == other.categoryID, one.id != other.id else { return }
      last = second
      let isSame = one.says(sameAs: other)
      let words =
        isSame ? "the same as" : "of category \(view.set.categoryName(one.categoryID)) as is"
      let overlap = isSame ? "" : ", which overlaps it by \(Int((100 * iou).rounded(.down))) %"
      let fix = Fix("take the second one away", isSafe: isSame, edits: [.remove])
      faults.add(
        fault("\(words) annotation \(one.id)\(overlap)", .box, fix: fix), annotation: second,
        of: view.set)
    }
  }
}

extension Annotation {
  /// Returns whether all written fields of both are the same, except for the id.
  fileprivate func says(sameAs other: Annotation) -> Bool {
    box == other.box && categoryID == other.categoryID && isCrowd == other.isCrowd
      && area == other.area && segmentation == other.segmentation && keypoints == other.keypoints
      && attributes == other.attributes && extra == other.extra
  }
}
