/// A scorer of the AP of detections unchanged and with some of their mistakes fixed.
struct ErrorScorer {
  /// The change made to the detections.
  enum Change: Equatable {
    case asFound
    case fixed(ErrorKind)
    case wrongOnesLast
    case nothingMissed
  }

  private typealias Scored = (score: Double, isRight: Bool)

  private let points: [ErrorRecords.Point]
  private let truths: [ErrorRecords.Truth]
  private let categories: Int
  private var scoreOrder = ScoreOrder()

  init(_ points: [ErrorRecords.Point], _ truths: [ErrorRecords.Truth], categories: Int) {
    self.points = points
    self.truths = truths
    self.categories = categories
  }

  /// Returns AP in percent: the mean over all categories that have objects or detections.
  mutating func averagePrecision(of change: Change) -> Double {
    var scored = [[Scored]](repeating: [], count: categories)
    // Where scores are equal, what is wrong comes before what is right, once anything is fixed.
    for point in points where change == .asFound || point.error != nil {
      add(point, change, to: &scored)
    }
    if change != .asFound {
      for point in points where point.error == nil { add(point, change, to: &scored) }
    }
    var positives = [Int](repeating: 0, count: categories)
    for truth in truths {
      let isLeftOut =
        change == .fixed(.missed) && truth.isMissed || change == .nothingMissed && !truth.isFound
      if !isLeftOut { positives[Int(truth.category)] += 1 }
    }
    var sum = 0.0
    var count = 0
    for category in 0..<categories where positives[category] > 0 || !scored[category].isEmpty {
      sum += averagePrecision(scored[category], positives: positives[category])
      count += 1
    }
    return count > 0 ? sum / Double(count) : 0
  }

  private func add(
    _ point: ErrorRecords.Point, _ change: Change, to scored: inout [[Scored]]
  ) {
    let category = Int(point.category)
    guard let error = point.error else {
      scored[category].append((change == .wrongOnesLast ? 1 : point.score, true))
      return
    }
    if change == .fixed(error) {
      if point.mendedCategory >= 0 {
        scored[Int(point.mendedCategory)].append((point.score, true))
      }
    } else if !point.isIgnored {
      scored[category].append((change == .wrongOnesLast ? 0 : point.score, false))
    }
  }

  private mutating func averagePrecision(_ scored: [Scored], positives: Int) -> Double {
    guard positives > 0 else { return 0 }
    var precisions: [Double] = []
    for (rank, index) in scoreOrder.order(scored.count, by: { scored[$0].score }).enumerated()
    where scored[Int(index)].isRight {
      precisions.append(Double(precisions.count + 1) / Double(rank + 1))
    }
    for index in precisions.indices.dropFirst().reversed() {
      precisions[index - 1] = max(precisions[index - 1], precisions[index])
    }
    var index = 0
    var sum = 0.0
    for recall in 0...100 {
      while index < precisions.count,
        Double(index + 1) / Double(positives) < Double(recall) / 100
      {
        index += 1
      }
      if index < precisions.count { sum += precisions[index] }
    }
    return sum / 101 * 100
  }
}
