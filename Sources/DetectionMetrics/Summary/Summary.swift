import COCO

/// One figure of a summary: a mean of precisions or recalls.
public struct SummaryFigure: Sendable, Equatable {
  /// The name on COCO's and LVIS's pages: `AP`, `AP50`, `ARs` …
  public var name: String
  /// The value; −1 if there is nothing to average.
  public var value: Double
  /// The line of text in the words of the reference implementation.
  public var line: String
}

extension Evaluation {
  /// The summary: pycocotools' `stats`, in its order, twelve figures for boxes and masks, ten for
  /// keypoints; or LVIS's thirteen.
  ///
  /// As in pycocotools, the first figure requires 100 detections an image (keypoints: all require
  /// 20), and the others require ranges by name; a figure whose range the settings lack is −1.
  public var summary: [SummaryFigure] { measures.map(figure) }

  /// The AP and AR of each range of areas that the summary does not name, with the most detections.
  public var furtherSummary: [SummaryFigure] {
    let named = Set(measures.map(\.area))
    return settings.areaRanges.filter { !named.contains($0.name) }.flatMap { range in
      [true, false].map { isPrecision in
        figure(
          SummaryMeasure(
            name: "\(isPrecision ? "AP" : "AR") \(range.name)", isPrecision: isPrecision,
            area: range.name, limit: settings.maximumDetections[limits - 1]))
      }
    }
  }

  private func figure(_ measure: SummaryMeasure) -> SummaryFigure {
    let value = value(of: measure)
    return SummaryFigure(name: measure.name, value: value, line: line(of: measure, value))
  }

  /// The means alone, in the order of the summary.
  public var stats: [Double] { measures.map(value) }

  private var measures: [SummaryMeasure] {
    if settings.isFederated {
      return SummaryMeasure.lvis(limit: settings.maximumDetections.last ?? 0)
    }
    return settings.iouType == .keypoints
      ? SummaryMeasure.keypoints : SummaryMeasure.boxes(limits: settings.maximumDetections)
  }

  func value(of measure: SummaryMeasure) -> Double {
    let thresholds = settings.iouThresholds.indices.filter {
      measure.threshold ?? settings.iouThresholds[$0] == settings.iouThresholds[$0]
    }
    guard let range = settings.areaRanges.firstIndex(where: { $0.name == measure.area }),
      let limit = settings.maximumDetections.firstIndex(of: measure.limit)
    else { return -1 }
    // Categories of which there is nothing to find have −1 throughout.
    let curves = categories.indices.filter {
      measure.includes(categories[$0]) && outcomes[$0].curves.positives[range] > 0
    }.map { outcomes[$0].curves }
    let recalls = measure.isPrecision ? settings.recallThresholds.count : 1
    let arrays = curves.map { measure.isPrecision ? $0.precision : $0.recall }
    var values: [Double] = []
    values.reserveCapacity(thresholds.count * recalls * arrays.count)
    for threshold in thresholds {
      let first = place(threshold, range, limit) * recalls
      for recall in first..<(first + recalls) {
        for array in arrays { values.append(array[recall]) }
      }
    }
    return PairwiseSum.mean(values)
  }

  /// Returns AP of one category: over all thresholds, or at one of them; −1 if there is nothing to
  /// find.
  public func averagePrecision(category: Int, threshold: Int? = nil, range: Int = 0) -> Double {
    let thresholds = threshold.map { [$0] } ?? Array(settings.iouThresholds.indices)
    let values = thresholds.flatMap {
      precisions(category: category, threshold: $0, range: range)
    }
    return PairwiseSum.mean(values.filter { $0 > -1 })
  }

  /// Returns AR of one category: the mean over all thresholds; −1 if there is nothing to find.
  public func averageRecall(category: Int) -> Double {
    let values = settings.iouThresholds.indices.map { recall($0, category, 0, limits - 1) }
    return PairwiseSum.mean(values.filter { $0 > -1 })
  }

  private func line(of measure: SummaryMeasure, _ value: Double) -> String {
    let title = measure.isPrecision ? "Average Precision" : "Average Recall"
    let kind = measure.isPrecision ? "(AP)" : "(AR)"
    let iou = measure.threshold.map { $0.printed(2) } ?? iouRange
    let value = value.printed(3)
    let limit = padded(String(measure.limit), to: 3, before: true)
    let start = " \(padded(title, to: 18)) \(kind) @[ IoU=\(padded(iou, to: 9)) | area="
    let area =
      settings.isFederated && measure.area != "all"
      ? String(measure.area.prefix(1)) : measure.area
    let middle = "\(padded(area, to: 6, before: true)) | maxDets=\(limit) "
    guard settings.isFederated else { return "\(start)\(middle)] = \(value)" }
    let group = padded(measure.frequency ?? "all", to: 3, before: true)
    return "\(start)\(middle)catIds=\(group)] = \(value)"
  }

  private var iouRange: String {
    let thresholds = settings.iouThresholds
    return
      "\(thresholds[0].printed(2)):\(thresholds[thresholds.count - 1].printed(2))"
  }

  private func padded(_ text: String, to width: Int, before: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(width - text.count, 0))
    return before ? blanks + text : text + blanks
  }
}
