import COCO
import DetectionMetrics
import Files
import Formats

/// A dataset behind its handle.
final class HeldDataset: HandleValue {
  static let name = "a dataset"

  /// One for each split.
  let datasets: [Dataset]
  /// The words that stand for ids.
  let words: IDWords
  let findings: HeldFindings
  let columns = LentColumns()
  /// The place of each image among all.
  private let places: [IDIndex]
  /// The truth of the selection that was last evaluated, as trainers evaluate again and again.
  private let truth = Monitor<IndexedSelection?>(nil)

  private struct IndexedSelection {
    var selection: CategorySelection
    var truth: IndexedTruth
  }

  init(_ datasets: [Dataset], words: IDWords = IDWords(), findings: HeldFindings) {
    self.datasets = datasets
    self.words = words
    self.findings = findings
    places = datasets.map { IDIndex($0.images.map(\.id)) }
  }

  /// The only split, as evaluations want it.
  var only: Dataset {
    get throws {
      guard datasets.count == 1 else {
        throw CallError("expected a dataset without splits, found \(datasets.count) splits")
      }
      return datasets[0]
    }
  }

  func truth(of selection: CategorySelection) throws -> IndexedTruth {
    if let known = truth.change({ $0 }), known.selection == selection { return known.truth }
    let made = IndexedTruth(try only, selection: selection)
    truth.change { $0 = IndexedSelection(selection: selection, truth: made) }
    return made
  }

  func hasImage(_ id: Int) -> Bool { places.contains { $0.position(of: id) != nil } }

  /// Returns the place, among the images of all splits, of the image with this id in one of them.
  func place(ofImage id: Int, split: Int) -> Int? {
    places[split].position(of: id).map { place in
      datasets[..<split].reduce(place) { $0 + $1.images.count }
    }
  }

  /// Returns the annotation at a place among those of all splits, with its image.
  func annotation(at place: Int) throws -> (Annotation, COCO.Image?) {
    var rest = place
    for (split, dataset) in datasets.enumerated() {
      if dataset.annotations.indices.contains(rest) {
        let annotation = dataset.annotations[rest]
        let image = places[split].position(of: annotation.imageID).map { dataset.images[$0] }
        return (annotation, image)
      }
      rest -= dataset.annotations.count
    }
    throw CallError("expected the place of an annotation, found \(place)")
  }
}
