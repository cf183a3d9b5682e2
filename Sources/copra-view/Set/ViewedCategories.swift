import COCO
import Datasets
import Images

/// The categories of all splits, each name once.
struct ViewedCategories: Sendable {
  struct Entry: Sendable {
    let name: String
    let supercategory: String?
    let colour: Colour
    /// As the set's file has them; nil where it has none.
    let keypoints: JSONValue?
    let skeleton: JSONValue?
  }

  private(set) var entries: [Entry] = []
  /// The indices of entries, by the ids of each dataset.
  private var indices: [[Int: Int]] = []

  init(_ datasets: [Dataset]) {
    let colours = CategoryColours(datasets.flatMap(\.categories))
    var byName: [String: Int] = [:]
    for dataset in datasets {
      var byID: [Int: Int] = [:]
      for category in dataset.categories where byID[category.id] == nil {
        let index = byName[category.name] ?? entries.count
        if index == entries.count {
          byName[category.name] = index
          entries.append(
            Entry(
              name: category.name, supercategory: category.supercategory,
              colour: colours.colour(of: category.name), keypoints: category.extra["keypoints"],
              skeleton: category.extra["skeleton"]))
        }
        byID[category.id] = index
      }
      indices.append(byID)
    }
  }

  /// Returns the index of an annotation's category; −1 where there is no such category.
  func index(of id: Int?, in dataset: Int) -> Int {
    id.flatMap { indices[dataset][$0] } ?? -1
  }
}

extension Colour {
  /// As style sheets have it: `#e69f00`.
  var web: String {
    "#"
      + [red, green, blue].map { value in
        (value < 16 ? "0" : "") + String(value, radix: 16)
      }.joined()
  }
}
