import COCO

/// See `summary`.
struct DuplicateCategoryName: SplitsRule {
  static let kind = FaultKind.duplicateCategoryName
  static let fixability = Fixability.unsafe
  static let summary = "a category with the same name as another"
  static let explanation = """
    Objects of one class are learnt as two, and each counts as a mistake for the other. The fix \
    assigns the annotations of the second category to the first and removes the second. It is \
    unsafe because two categories may share a name and differ in their supercategory or keypoints.
    """
  static let examples = [
    Example.flags(
      "two categories named \"crab\"",
      .example(
        .object(1, 2, 2, 9, 9, category: 1), .object(2, 30, 20, 12, 8, category: 2),
        categories: [.example(1, "crab"), .example(2, "crab")]),
      fixed: .example(
        .object(1, 2, 2, 9, 9, category: 1), .object(2, 30, 20, 12, 8, category: 1),
        categories: [.example(1, "crab")])),
    Example.allows(
      "distinct names", .example(categories: [.example(1, "crab"), .example(2, "palm")])),
    Example.allows(
      "the same categories in two splits", .example(split: "train"), .example(split: "val")),
  ]

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    let shared = SharedCategories(sets)
    for set in sets {
      let categories = set.dataset.categories
      let judged = Set(shared.positions(in: set))
      let sharedIDs = Set(set.categoryIndex.repeated.map { categories[$0].id })
      var firsts: [String: Int] = [:]
      for (index, category) in categories.enumerated() where !category.hasBlankName {
        guard let first = firsts[category.name] else {
          firsts[category.name] = index
          continue
        }
        let target = categories[first].id
        guard target != category.id, judged.contains(index) else { continue }
        // Annotations of an id that two categories share may not be this one's.
        let isClear = !sharedIDs.contains(category.id) && !sharedIDs.contains(target)
        let fix = Fix(
          "merge it into category \(target)", isSafe: false, edits: [.merge(into: target)])
        let message =
          "category \(target) is called \"\(category.name)\" too; expected one category a name"
        faults.add(fault(message, .name, fix: isClear ? fix : nil), category: index, of: set)
      }
    }
  }
}
