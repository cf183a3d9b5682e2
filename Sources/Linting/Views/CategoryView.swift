public import COCO

/// A category as rules see it.
public struct CategoryView {
  let shared: SharedCategories
  /// The split that has the category.
  public let set: DatasetView
  /// The index among the dataset's categories.
  public let index: Int

  /// The category's record.
  public var category: Category { self.set.dataset.categories[index] }
  /// The number of annotations that the categories of its name have in all splits.
  public var annotations: Int { shared.annotations(of: category) }

  /// Whether the category is the one that Roboflow writes first: a category with the id 0 that is
  /// only the others' supercategory.
  var isRoot: Bool {
    category.id == 0 && annotations == 0 && !category.name.isEmpty
      && self.set.dataset.categories.contains {
        $0.id != 0 && $0.supercategory == category.name
      }
  }
}
