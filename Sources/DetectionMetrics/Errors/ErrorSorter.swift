import COCO

/// A sorter of the detections of one image after the other into kinds of errors: tidecv 1.0.1's
/// `TIDERun`.
struct ErrorSorter<Shape: EvaluatedShape> {
  private let settings = ErrorAnalysis.Settings()
  private(set) var records = ErrorRecords()
  private var truths: [TruthObject<Shape>] = []
  private var crowds: [TruthObject<Shape>] = []
  private var image = ErrorRecords.Image(order: 0, id: 0)

  mutating func add(_ objects: ImageObjects<Shape>, order: Int, imageID: Int) {
    image = ErrorRecords.Image(order: order, id: imageID)
    truths = objects.truths.filter { !$0.isCrowd }
    crowds = objects.truths.filter(\.isCrowd)
    image.truths = truths.map { ErrorRecords.Truth(category: $0.category) }
    let detections = objects.detections.stablySorted { $0.score > $1.score }
      .prefix(settings.mostDetections)
    var finders = [Int](repeating: -1, count: truths.count)
    let all = detections.map { overlaps(of: $0) }
    for (index, detection) in detections.enumerated() {
      match(index, detection, all[index], &finders)
    }
    var fixed = [Bool](repeating: false, count: truths.count)
    for (index, detection) in detections.enumerated() where !image.points[index].isRight {
      explain(index, detection, all[index], finders, &fixed)
    }
    records.images.append(image)
  }

  private func overlaps(of detection: DetectedObject<Shape>) -> [Double] {
    truths.map {
      detection.shape.overlap(with: $0.shape, isCrowd: false, least: settings.background)
    }
  }

  /// Finds the true object of the detection's category that it overlaps most and that no one else
  /// has found.
  private mutating func match(
    _ index: Int, _ detection: DetectedObject<Shape>, _ overlaps: [Double],
    _ finders: inout [Int]
  ) {
    var point = ErrorRecords.Point(score: detection.score, category: detection.category)
    point.error = .both
    let best = greatest(overlaps) { finders[$0] < 0 && truths[$0].category == detection.category }
    if let best, overlaps[best] >= settings.positive {
      finders[best] = index
      image.truths[best].isFound = true
      point.error = nil
    } else {
      point.isIgnored = crowds.contains { crowd in
        crowd.category == detection.category
          && detection.shape.overlap(with: crowd.shape, isCrowd: true, least: settings.positive)
            > settings.positive
      }
    }
    image.points.append(point)
  }

  /// Determines the kind of mistake of a detection that matches nothing.
  private mutating func explain(
    _ index: Int, _ detection: DetectedObject<Shape>, _ overlaps: [Double], _ finders: [Int],
    _ fixed: inout [Bool]
  ) {
    let same = greatest(overlaps) { truths[$0].category == detection.category }
    let other = greatest(overlaps) { truths[$0].category != detection.category }
    if let same, overlaps[same] >= settings.background, overlaps[same] <= settings.positive {
      fix(index, .localisation, same, finders, &fixed)
    } else if let other, overlaps[other] >= settings.positive {
      fix(index, .classification, other, finders, &fixed)
    } else if let found = greatest(
      overlaps,
      where: {
        truths[$0].category == detection.category && finders[$0] >= 0
      }), overlaps[found] >= settings.positive
    {
      image.points[index].error = .duplicate
    } else if overlaps.allSatisfy({ $0 <= settings.background }) {
      image.points[index].error = .background
    }
  }

  /// Fixes a detection, unless one of higher score is fixed for the same object.
  private mutating func fix(
    _ index: Int, _ error: ErrorKind, _ truth: Int, _ finders: [Int], _ fixed: inout [Bool]
  ) {
    image.points[index].error = error
    guard finders[truth] < 0 else { return }
    image.truths[truth].isWithinReach = true
    guard !fixed[truth] else { return }
    fixed[truth] = true
    image.points[index].mendedCategory = truths[truth].category
  }

  /// Returns the first of the greatest overlaps among the true objects that are `wanted`.
  private func greatest(_ overlaps: [Double], where isWanted: (Int) -> Bool) -> Int? {
    var best: Int?
    for index in overlaps.indices where isWanted(index) {
      if best.map({ overlaps[index] > overlaps[$0] }) ?? true { best = index }
    }
    return best
  }
}

extension ErrorRecords.Point {
  var isRight: Bool { error == nil }
}
