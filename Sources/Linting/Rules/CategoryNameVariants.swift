import COCO

/// See `summary`.
struct CategoryNameVariants: SplitsRule {
  static let kind = FaultKind.categoryNameVariants
  static let fixability = Fixability.unsafe
  static let summary = "a category name that is another name spelt differently"
  static let explanation = """
    The two names differ only in letter case, in separators such as spaces and hyphens, or in a \
    plural ending. Usually one class was typed in two ways, and each counts as a mistake for the \
    other. The fix merges them into the one with the most annotations over all splits, or the \
    first in a tie. It is unsafe because the names may mean different things. Single-letter names \
    are not checked: in a set of letters "a" is not "A".
    """
  static let examples = [
    Example.flags(
      "letter case",
      .example(
        .object(1, 2, 2, 9, 9, category: 2), categories: [.example(1, "Crab"), .example(2, "crab")]),
      fixed: .example(.object(1, 2, 2, 9, 9, category: 2), categories: [.example(2, "crab")])),
    Example.flags(
      "an underscore for a space, and a plural",
      .example(
        .object(1, 2, 2, 9, 9, category: 1), .object(2, 30, 20, 12, 8, category: 2),
        categories: [.example(1, "palm tree"), .example(2, "palm_trees")]),
      fixed: .example(
        .object(1, 2, 2, 9, 9, category: 1), .object(2, 30, 20, 12, 8, category: 1),
        categories: [.example(1, "palm tree")])),
    Example.allows(
      "names with a common beginning",
      .example(categories: [.example(1, "bus"), .example(2, "bush"), .example(3, "glass")])),
    Example.allows(
      "single letters", .example(categories: [.example(1, "a"), .example(2, "A")])),
  ]

  func check(_ sets: [DatasetView], into faults: inout Faults) {
    let shared = SharedCategories(sets)
    for set in sets {
      let judged = Set(shared.positions(in: set))
      for variants in Self.variants(among: set.dataset.categories) {
        report(variants, judged, shared, set, into: &faults)
      }
    }
  }

  private func report(
    _ variants: [Int], _ judged: Set<Int>, _ shared: SharedCategories, _ set: DatasetView,
    into faults: inout Faults
  ) {
    let categories = set.dataset.categories
    let most = variants.map { shared.annotations(of: categories[$0]) }.max()
    guard let kept = variants.first(where: { shared.annotations(of: categories[$0]) == most })
    else { return }
    let target = categories[kept]
    let isClear = set.categoryIndex.repeated.allSatisfy { repeated in
      !variants.contains { categories[$0].id == categories[repeated].id }
    }
    for index in variants where index != kept && judged.contains(index) {
      let fix = Fix(
        "merge it into \"\(target.name)\"", isSafe: false, edits: [.merge(into: target.id)])
      let message =
        "\"\(categories[index].name)\" and \"\(target.name)\" may be one class; expected one "
        + "spelling"
      faults.add(fault(message, .name, fix: isClear ? fix : nil), category: index, of: set)
    }
  }

  /// Returns the positions of categories whose names are variants of one another, group by group.
  /// The first of equal names represents all.
  private static func variants(among categories: [Category]) -> [[Int]] {
    var seen: Set<String> = []
    var groups: [String: Int] = [:]
    var variants: [[Int]] = []
    let keys = categories.map { NameKey($0.name) }
    let known = Set(keys.map(\.letters))
    for (index, key) in keys.enumerated() {
      guard key.letters.count > 1, seen.insert(categories[index].name.trimmed).inserted else {
        continue
      }
      let singular = key.singulars.first(where: known.contains) ?? key.letters
      if let group = groups[singular] {
        variants[group].append(index)
      } else {
        groups[singular] = variants.count
        variants.append([index])
      }
    }
    return variants.filter { $0.count > 1 }
  }
}
