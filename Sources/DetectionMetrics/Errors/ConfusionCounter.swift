import COCO

/// A counter of the confusions between categories, one image after the other.
struct ConfusionCounter<Shape: EvaluatedShape> {
  private let threshold: Double
  private let leastScore: Double
  private let background: Int32
  private(set) var pairs: [ConfusionMatrix.Pair] = []

  init(_ settings: EvaluationSettings, categories: Int, leastScore: Double) {
    threshold = settings.iouThresholds[0]
    self.leastScore = leastScore
    background = Int32(categories)
  }

  mutating func add(_ objects: ImageObjects<Shape>) {
    let truths = objects.truths.filter { !$0.isIgnored }
    var isFound = [Bool](repeating: false, count: truths.count)
    let detections = objects.detections.filter { $0.score >= leastScore }
      .stablySorted { $0.score > $1.score }
    for detection in detections {
      var best: Int?
      var most = threshold
      for (index, truth) in truths.enumerated() where !isFound[index] {
        let overlap = detection.shape.overlap(with: truth.shape, isCrowd: false, least: threshold)
        if overlap > most || (best == nil && overlap >= threshold) {
          most = overlap
          best = index
        }
      }
      if let best {
        isFound[best] = true
        pairs.append(.init(truth: truths[best].category, detection: detection.category))
      } else if !isOnIgnored(detection, objects.truths) {
        pairs.append(.init(truth: background, detection: detection.category))
      }
    }
    for (index, truth) in truths.enumerated() where !isFound[index] {
      pairs.append(.init(truth: truth.category, detection: background))
    }
  }

  /// Returns whether the detection lies on an object of its category that is ignored.
  private func isOnIgnored(
    _ detection: DetectedObject<Shape>, _ truths: [TruthObject<Shape>]
  ) -> Bool {
    truths.contains { truth in
      truth.isIgnored && truth.category == detection.category
        && detection.shape.overlap(with: truth.shape, isCrowd: truth.isCrowd, least: threshold)
          >= threshold
    }
  }
}
