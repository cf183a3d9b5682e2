import COCO

/// The precisions or recalls of which a figure of the summary is the mean.
struct SummaryMeasure: Sendable {
  var name: String
  var isPrecision: Bool
  /// The IoU threshold; nil for all.
  var threshold: Double?
  var area = "all"
  var limit: Int
  /// The group of categories by LVIS's `frequency`: `r`, `c`, `f`; nil for all.
  var frequency: String?

  func includes(_ category: COCO.Category) -> Bool {
    frequency.map { category.extra["frequency"] == .string($0) } ?? true
  }

  /// Returns the measures of pycocotools' `_summarizeDets`, which uses limits by their place,
  /// except in the first line.
  static func boxes(limits: [Int]) -> [SummaryMeasure] {
    let last = limits[min(2, limits.count - 1)]
    return precisions(limit: 100, others: last)
      + limits.prefix(3).map { SummaryMeasure(name: "AR\($0)", isPrecision: false, limit: $0) }
      + areas("AR", isPrecision: false, limit: last)
  }

  /// The measures of pycocotools' `_summarizeKps`.
  static let keypoints = [true, false].flatMap { isPrecision in
    let name = isPrecision ? "AP" : "AR"
    return [
      SummaryMeasure(name: name, isPrecision: isPrecision, limit: 20),
      SummaryMeasure(name: "\(name)50", isPrecision: isPrecision, threshold: 0.5, limit: 20),
      SummaryMeasure(name: "\(name)75", isPrecision: isPrecision, threshold: 0.75, limit: 20),
    ] + areas(name, isPrecision: isPrecision, limit: 20).dropFirst()
  }

  /// Returns the measures of LVIS 0.5.3's `summarize`.
  static func lvis(limit: Int) -> [SummaryMeasure] {
    precisions(limit: limit, others: limit)
      + ["r", "c", "f"].map { (group: String) in
        SummaryMeasure(name: "AP\(group)", isPrecision: true, limit: limit, frequency: group)
      }
      + [SummaryMeasure(name: "AR@\(limit)", isPrecision: false, limit: limit)]
      + areas("AR", isPrecision: false, limit: limit).map { measure in
        var measure = measure
        measure.name += "@\(limit)"
        return measure
      }
  }

  private static func precisions(limit: Int, others: Int) -> [SummaryMeasure] {
    [
      SummaryMeasure(name: "AP", isPrecision: true, limit: limit),
      SummaryMeasure(name: "AP50", isPrecision: true, threshold: 0.5, limit: others),
      SummaryMeasure(name: "AP75", isPrecision: true, threshold: 0.75, limit: others),
    ] + areas("AP", isPrecision: true, limit: others)
  }

  private static func areas(
    _ name: String, isPrecision: Bool, limit: Int
  ) -> [SummaryMeasure] {
    [("s", "small"), ("m", "medium"), ("l", "large")].map { letter, area in
      SummaryMeasure(name: name + letter, isPrecision: isPrecision, area: area, limit: limit)
    }
  }
}
