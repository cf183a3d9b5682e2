public import COCO

/// A category as rules see it.
public struct CategoryView {
  let shared: SharedCategories
  public let set: DatasetView
  /// Among the dataset's categories.
  public let index: Int

  public var category: Category { self.set.dataset.categories[index] }
  /// How many annotations the categories of its name have in all splits.
  public var annotations: Int { shared.annotations(of: category) }

  /// Whether it is what Roboflow writes first: a category with the id 0 that is only the others'
  /// supercategory.
  var isRoot: Bool {
    category.id == 0 && annotations == 0 && !category.name.isEmpty
      && self.set.dataset.categories.contains {
        $0.id != 0 && $0.supercategory == category.name
      }
  }
}
