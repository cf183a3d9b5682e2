import COCO
import Files

/// The categories of all splits. If a source lists them once for all splits, as YOLO's `data.yaml`
/// does, every split has the same list; a fault in it is judged for the first split only.
struct SharedCategories {
  /// Whether a category is the first of its kind, by split and position.
  private var isFirst: [[Bool]] = []
  /// The number of annotations of the categories of a name, in all splits.
  private(set) var annotationsByName: [String: Int] = [:]

  /// The properties by which categories of different splits are the same.
  private struct Key: Hashable {
    let origin: Origin?
    let id: Int
    let name: String
    /// The number of equal categories before it in its split.
    var earlier = 0
  }

  init(_ sets: [DatasetView]) {
    var seen: Set<Key> = []
    for set in sets {
      var counts: [Key: Int] = [:]
      var firsts: [Bool] = []
      for (category, annotations) in zip(set.dataset.categories, set.categoryCounts) {
        annotationsByName[category.name, default: 0] += annotations
        var key = Key(origin: category.origin, id: category.id, name: category.name)
        let earlier = counts[key, default: 0]
        counts[key] = earlier + 1
        key.earlier = earlier
        firsts.append(seen.insert(key).inserted)
      }
      isFirst.append(firsts)
    }
  }

  /// Returns the positions of the categories of a split that are judged there.
  func positions(in set: DatasetView) -> [Int] {
    set.dataset.categories.indices.filter { isFirst[set.index][$0] }
  }

  /// Returns the number of annotations in all splits of the categories with this one's name.
  func annotations(of category: Category) -> Int {
    annotationsByName[category.name, default: 0]
  }

  /// Whether any annotation has a category.
  var areUsed: Bool { annotationsByName.values.contains { $0 > 0 } }
}
