import COCO

/// Ids that no record has, in a row.
struct FreeIDs {
  private var next: Int
  /// Filled only where there is no room behind the highest.
  private var taken: Set<Int> = []

  /// Ids behind the highest of `ids`, from 1 on; where the highest is the last that there is, those
  /// that are free between them.
  init(besides ids: some Sequence<Int>) {
    let highest = ids.reduce(0, max)
    let isRoomy = highest < Int.max / 2
    next = isRoomy ? highest + 1 : 1
    if !isRoomy { taken = Set(ids) }
  }

  mutating func take() -> Int {
    while taken.contains(next) { next += 1 }
    defer { next += 1 }
    return next
  }
}

extension DatasetView {
  /// Ids for annotations. The first is that of an annotation with the id 0, where there is one.
  var freeAnnotationIDs: FreeIDs { FreeIDs(besides: dataset.annotations.lazy.map(\.id)) }
}
