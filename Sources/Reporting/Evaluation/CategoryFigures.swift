import COCO
import DetectionMetrics

/// The figures of one category, for tables.
struct CategoryFigures {
  static let head = [
    "name", "objects", "found", "AP", "AP50", "AP75", "APs", "APm", "APl", "AR", "F1", "score",
  ]

  let id: Int
  let name: String
  let objects: Int
  let detections: Int
  /// AP over all thresholds, at 0.50 and at 0.75, and of small, medium and large objects; −1 if
  /// there is nothing to average.
  let precisions: [Double]
  let recall: Double
  let best: OperatingPoint?
  let calibration: CalibrationBins

  /// Returns the figures in the order of the evaluation's categories.
  static func all(of evaluation: Evaluation) -> [CategoryFigures] {
    evaluation.categories.indices.map { CategoryFigures(evaluation, category: $0) }
  }

  private init(_ evaluation: Evaluation, category: Int) {
    let settings = evaluation.settings
    id = evaluation.categories[category].id
    name = evaluation.categories[category].name
    objects = evaluation.positives(category: category)
    detections = evaluation.detections(category: category)
    let atThresholds = [0.5, 0.75].map { wanted in
      settings.iouThresholds.firstIndex(of: wanted).map {
        evaluation.averagePrecision(category: category, threshold: $0)
      } ?? -1
    }
    let inRanges = ["small", "medium", "large"].map { name in
      settings.areaRanges.firstIndex { $0.name == name }.map {
        evaluation.averagePrecision(category: category, range: $0)
      } ?? -1
    }
    precisions =
      [evaluation.averagePrecision(category: category)] + atThresholds + inRanges
    recall = evaluation.averageRecall(category: category)
    best = evaluation.bestOperatingPoint(category: category)
    calibration = evaluation.calibration(category: category)
  }

  /// The figures without the name, in the order of `head`.
  var cells: [String] {
    let figures = (precisions + [recall]).map { $0 < 0 ? "–" : $0.fixed(3) }
    return [objects.grouped, detections.grouped] + figures
      + [best?.f1.fixed(3) ?? "–", best?.score.fixed(3) ?? "–"]
  }
}
