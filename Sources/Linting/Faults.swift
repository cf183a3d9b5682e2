public import COCO
import Files

/// Collects what one rule finds.
public struct Faults {
  private(set) var findings: [Finding] = []

  /// Adds what is wrong with an annotation of `set`.
  public mutating func add(_ fault: Fault, annotation index: Int, of set: DatasetView) {
    let record = RecordReference(.annotation, index, dataset: set.index)
    add(fault, record, at: set.dataset.annotations[index].origin)
  }

  /// Adds what is wrong with an image of `set`.
  public mutating func add(_ fault: Fault, image index: Int, of set: DatasetView) {
    let record = RecordReference(.image, index, dataset: set.index)
    add(fault, record, at: set.dataset.images[index].origin)
  }

  /// Adds what is wrong with a category of `set`.
  public mutating func add(_ fault: Fault, category index: Int, of set: DatasetView) {
    let record = RecordReference(.category, index, dataset: set.index)
    add(fault, record, at: set.dataset.categories[index].origin)
  }

  private mutating func add(_ fault: Fault, _ record: RecordReference, at origin: Origin?) {
    findings.append(Finding(fault, at: origin, record: record))
  }
}
