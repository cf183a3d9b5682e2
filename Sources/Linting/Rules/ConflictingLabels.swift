import COCO

/// See `summary`.
struct ConflictingLabels: ImageRule {
  static let kind = FaultKind.conflictingLabels
  static let summary = "an object annotated with two categories"
  static let explanation = """
    Two boxes of different categories cover the same area. A detector is penalised for either \
    answer, and non-maximum suppression keeps both only if it works per class. Decide on one \
    category. `overlap` is the intersection over union at or above which two boxes count as the \
    same.
    """
  static let examples = [
    Example.flags(
      "a crab that is also a palm",
      .example(.object(1, 9, 9, 20, 20), .object(2, 9, 9, 20, 20, category: 2))),
    Example.allows(
      "a crab in front of a palm",
      .example(.object(1, 9, 9, 10, 10), .object(2, 5, 5, 20, 40, category: 2))),
  ]

  var overlap = 0.95

  func check(_ view: ImageView, into faults: inout Faults) {
    var last = -1
    BoxPairs.forEach(on: view, iou: overlap) { first, second, _ in
      let (one, other) = (view.set.dataset.annotations[first], view.set.dataset.annotations[second])
      guard second != last, one.categoryID != other.categoryID else { return }
      last = second
      faults.add(
        fault(
          "\(view.set.categoryName(other.categoryID)) where annotation \(one.id) says "
            + view.set.categoryName(one.categoryID), .categoryID), annotation: second, of: view.set)
    }
  }
}
