import COCO

/// The K categories that are evaluated: by ascending id, each id once.
struct CategoryTable: Sendable {
  let categories: [COCO.Category]
  private let positions: IDIndex

  init(_ all: [COCO.Category]) {
    let sorted = all.stablySorted { $0.id < $1.id }
    categories = sorted.indices.filter {
      $0 + 1 == sorted.count || sorted[$0].id != sorted[$0 + 1].id
    }.map { sorted[$0] }
    positions = IDIndex(categories.map(\.id))
  }

  func position(of id: Int) -> Int32? { positions.position(of: id).map(Int32.init) }

  /// Returns the positions of the categories that a list in an image's record names.
  func positions(in list: JSONValue?) -> Set<Int32> {
    guard case .array(let elements)? = list else { return [] }
    var found: Set<Int32> = []
    for case .integer(let id) in elements {
      if let position = position(of: id) { found.insert(position) }
    }
    return found
  }
}

/// The precision, recall and scores of one category: the k-th slice of pycocotools' arrays.
struct CategoryCurves: Sendable, Equatable {
  /// The highest precision at or beyond each recall, [A, M, T, R]; −1 if there is nothing to find.
  var precision: [Double]
  /// The score at which each recall is reached, [A, M, T, R]; 0 if it is not reached.
  var scores: [Double]
  /// The recall, [A, M, T].
  var recall: [Double]
  /// The number of true objects that count, [A].
  var positives: [Int]

  /// The curves of a category of which there is nothing to find.
  init(_ settings: EvaluationSettings) {
    let thresholds =
      settings.areaRanges.count * settings.maximumDetections.count
      * settings.iouThresholds.count
    precision = [Double](repeating: -1, count: thresholds * settings.recallThresholds.count)
    scores = precision
    recall = [Double](repeating: -1, count: thresholds)
    positives = [Int](repeating: 0, count: settings.areaRanges.count)
  }

  /// Makes the curves at one place in [A, M] those of the place before.
  mutating func repeatLimit(at place: Int, _ settings: EvaluationSettings) {
    let thresholds = settings.iouThresholds.count
    Self.repeatPart(of: &recall, thresholds, at: place)
    let count = thresholds * settings.recallThresholds.count
    Self.repeatPart(of: &precision, count, at: place)
    Self.repeatPart(of: &scores, count, at: place)
  }

  private static func repeatPart(of values: inout [Double], _ count: Int, at place: Int) {
    values.withUnsafeMutableBufferPointer { values in
      guard let first = values.baseAddress else { return }
      (first + place * count).update(from: first + (place - 1) * count, count: count)
    }
  }
}
