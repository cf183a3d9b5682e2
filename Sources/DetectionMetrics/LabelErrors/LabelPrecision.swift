import COCO

/// The average precision of each category over overlaps from 0.5 to 0.95, by the area under the
/// whole curve: the reliability of predictions of a category. As in cleanlab, a prediction is
/// assigned to the annotation that it overlaps most, whether that is taken or not.
struct LabelPrecision {
  private static let thresholds = (0..<10).map { 0.5 + 0.05 * Double($0) }
  private let byCategory: [Int: Double]

  init(_ pictures: [ObjectLab.Picture]) {
    var outcomes: [Int: CategoryOutcomes] = [:]
    for picture in pictures {
      for label in picture.labels { outcomes[label.category, default: .init()].labels += 1 }
      let categories = Set(picture.predictions.map(\.category))
      for category in categories {
        let labels = picture.labels.filter { $0.category == category }
        let predictions = picture.predictions.filter { $0.category == category }
        outcomes[category, default: .init()].add(predictions, to: labels, Self.thresholds)
      }
    }
    byCategory = outcomes.mapValues { $0.precision(Self.thresholds.count) }
  }

  /// Returns the precision of a category; 0 if nothing is found of it.
  func value(of category: Int) -> Double { byCategory[category] ?? 0 }
}

/// The right predictions of one category at each overlap.
private struct CategoryOutcomes {
  var labels = 0
  private var predictions: [(score: Double, isRight: [Bool])] = []

  /// Adds the predictions of one image.
  mutating func add(
    _ found: [ObjectLab.Object], to labels: [ObjectLab.Object], _ thresholds: [Double]
  ) {
    var isTaken = Array(
      repeating: [Bool](repeating: false, count: thresholds.count), count: labels.count)
    let order = found.indices.sorted { (found[$1].score, $0) < (found[$0].score, $1) }
    for index in order {
      var best = (overlap: -1.0, label: 0)
      for (label, object) in labels.enumerated() {
        let overlap = ObjectLab.overlap(found[index].box, object.box)
        if overlap > best.overlap { best = (overlap, label) }
      }
      let isRight = thresholds.indices.map { place -> Bool in
        guard best.overlap >= thresholds[place], !isTaken[best.label][place] else { return false }
        isTaken[best.label][place] = true
        return true
      }
      predictions.append((found[index].score, isRight))
    }
  }

  /// Returns the mean over the overlaps.
  func precision(_ thresholds: Int) -> Double {
    let sorted = predictions.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }.map(\.element.isRight)
    let sum = (0..<thresholds).reduce(0.0) { sum, threshold in
      sum + area(under: sorted.map { $0[threshold] })
    }
    return sum / Double(thresholds)
  }

  /// Returns the area under the curve of precision over recall, with precision made to fall.
  private func area(under isRight: [Bool]) -> Double {
    guard labels > 0 else { return 0 }
    var (right, precisions, recalls): (Int, [Double], [Double]) = (0, [], [])
    for (index, flag) in isRight.enumerated() {
      right += flag ? 1 : 0
      precisions.append(Double(right) / Double(index + 1))
      recalls.append(Double(right) / Double(labels))
    }
    for index in precisions.indices.dropLast().reversed() {
      precisions[index] = max(precisions[index], precisions[index + 1])
    }
    var (area, before) = (0.0, 0.0)
    for (precision, recall) in zip(precisions, recalls) {
      area += (recall - before) * precision
      before = recall
    }
    return area
  }
}
