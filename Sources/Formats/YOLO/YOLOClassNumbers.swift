import COCO
import Files

/// The numbers that rows give categories. Learnt from the rows, since a list of names may have
/// gaps, and several lists may have been read as one.
struct YOLOClassNumbers {
  private let context: EditingContext
  private var known: [Key: Int?] = [:]
  private var loaded: (file: Int, rows: LabelRows)?

  private struct Key: Hashable {
    var dataset: Int
    var category: Int
  }

  init(_ context: EditingContext) {
    self.context = context
  }

  /// Returns the number of the category with this id; nil if rows disagree or none gives it.
  mutating func number(of category: Int, in dataset: Int) -> Int? {
    let key = Key(dataset: dataset, category: category)
    if let number = known[key] { return number }
    let number = learn(category, in: dataset)
    known[key] = number
    return number
  }

  private mutating func learn(_ category: Int, in dataset: Int) -> Int? {
    let annotations = context.datasets[dataset].annotations
    var numbers: Set<Int> = []
    for annotation in annotations where annotation.categoryID == category {
      if let number = number(of: annotation) { numbers.insert(number) }
    }
    if numbers.count == 1 { return numbers.first }
    return numbers.isEmpty ? guess(category, in: dataset) : nil
  }

  /// Returns the number of a category without rows: if those with rows count from 0 as their ids do
  /// from 1, so does it.
  private mutating func guess(_ category: Int, in dataset: Int) -> Int? {
    var seen: Set<Int> = []
    for annotation in context.datasets[dataset].annotations {
      guard let id = annotation.categoryID, seen.insert(id).inserted else { continue }
      guard number(of: annotation) == id - 1 else { return nil }
    }
    return seen.isEmpty ? nil : category - 1
  }

  private mutating func number(of annotation: Annotation) -> Int? {
    guard let origin = annotation.origin else { return nil }
    if loaded?.file != origin.file {
      guard let bytes = try? InputFile.contents(context.sources.paths[origin.file]) else {
        return nil
      }
      loaded = (origin.file, LabelRows(bytes))
    }
    return loaded?.rows.row(at: origin.offset).flatMap { Int(exactly: $0.values[0]) }
  }
}
