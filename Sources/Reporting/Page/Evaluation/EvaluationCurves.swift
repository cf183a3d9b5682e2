import COCO
public import DetectionMetrics

/// The curves of precision over recall, of all categories together and of each.
public struct EvaluationCurves {
  private let evaluation: Evaluation

  /// Creates the curves of an evaluation.
  public init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
  }

  /// The mean over categories at every IoU threshold, as an SVG file.
  public var svg: String { overview.svg }

  private var overview: CurveChart {
    let thresholds = evaluation.settings.iouThresholds
    let known = evaluation.categories.indices.filter { evaluation.positives(category: $0) > 0 }
    let curves = thresholds.indices.map { threshold in
      let all = known.map { Array(evaluation.precisions(category: $0, threshold: threshold)) }
      return curve(threshold, mean(all))
    }
    return CurveChart(
      title: "Precision over recall, mean of \(known.count.grouped) categories",
      recalls: evaluation.settings.recallThresholds, curves: known.isEmpty ? [] : curves)
  }

  /// The charts of all categories that have objects.
  var charts: [CurveChart] {
    evaluation.categories.indices.filter { evaluation.positives(category: $0) > 0 }.map(chart)
  }

  /// Returns a category's curves at the lowest, the middle and the highest threshold.
  private func chart(_ category: Int) -> CurveChart {
    let count = evaluation.settings.iouThresholds.count
    let shown = Set([0, count / 2, count - 1]).sorted()
    let curves = shown.map { threshold in
      curve(threshold, Array(evaluation.precisions(category: category, threshold: threshold)))
    }
    return CurveChart(
      title: evaluation.categories[category].name,
      recalls: evaluation.settings.recallThresholds, curves: curves)
  }

  private func curve(_ threshold: Int, _ precisions: [Double]) -> CurveChart.Curve {
    let count = evaluation.settings.iouThresholds.count
    let mean = precisions.reduce(0, +) / Double(max(precisions.count, 1))
    let iou = evaluation.settings.iouThresholds[threshold]
    return CurveChart.Curve(
      name: "IoU \(iou.fixed(2)): AP \(mean.fixed(3))", precisions: precisions,
      shade: Double(threshold) / Double(max(count - 1, 1)))
  }

  private func mean(_ curves: [[Double]]) -> [Double] {
    evaluation.settings.recallThresholds.indices.map { recall in
      curves.reduce(0) { $0 + $1[recall] } / Double(max(curves.count, 1))
    }
  }
}
