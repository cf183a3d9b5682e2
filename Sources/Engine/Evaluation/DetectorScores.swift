public import COCO
public import Metrics

/// What a detector's detections are worth by COCO's metrics.
public struct DetectorScores: Sendable {
  public let boxes: Evaluation
  /// nil from a detector without masks.
  public let masks: Evaluation?
  /// Of each sample, the surest first, in the samples' order.
  public let detections: [[Detection]]
  /// What was found wrong with the objects that were evaluated.
  public let findings: [Finding]
  /// How long the detector itself took, all threads together.
  public let modelDuration: Duration

  /// Of masks where there are any, else of boxes.
  public var decisive: Evaluation { masks ?? boxes }

  /// AP at an IoU of 0.5, 0 … 1; 0 where there is nothing to find.
  public var ap50: Double {
    max(decisive.summary.first { $0.name == "AP50" }?.value ?? 0, 0)
  }

  /// AP at IoUs from 0.5 to 0.95, 0 … 1; 0 where there is nothing to find.
  public var ap: Double { max(decisive.stats.first ?? 0, 0) }

  /// AP50 of each category that there is something of to find.
  public var ap50PerCategory: [(category: COCO.Category, value: Double)] {
    decisive.categories.enumerated().compactMap { index, category in
      let value = decisive.averagePrecision(category: index, threshold: 0)
      return value < 0 ? nil : (category, value)
    }
  }
}
