import COCO
import DetectionMetrics

/// A reporter of an evaluation as one JSON object: `stats` and `names` in pycocotools' order,
/// `per_category`, `counts`, and the analyses that were requested.
struct JSONEvaluationReporter: EvaluationReporter {
  static let name = "json"

  private let options: EvaluationReportOptions

  init(_ options: EvaluationReportOptions) {
    self.options = options
  }

  func report(_ evaluation: Evaluation) -> String {
    let summary = evaluation.summary
    let figures = CategoryFigures.all(of: evaluation)
    var whole: JSONObject = [
      "iou_type": .string(evaluation.settings.iouType.rawValue),
      "stats": .array(summary.map { .number($0.value) }),
      "names": .array(summary.map { .string($0.name) }),
      "per_category": .array(figures.map { .object(category($0)) }),
      "counts": .object([
        "images": .integer(evaluation.images), "categories": .integer(figures.count),
        "objects": .integer(figures.reduce(0) { $0 + $1.objects }),
        "detections": .integer(figures.reduce(0) { $0 + $1.detections }),
      ]),
    ]
    let further = evaluation.furtherSummary
    if !further.isEmpty {
      whole["further_stats"] = .array(further.map { .number($0.value) })
      whole["further_names"] = .array(further.map { .string($0.name) })
    }
    if let errors = evaluation.errors { whole["errors"] = .object(object(errors)) }
    if let confusion = evaluation.confusion { whole["confusion"] = .object(object(confusion)) }
    if options.showsCalibration {
      whole["calibration"] = .object(object(evaluation.calibration))
    }
    var output = JSONOutput()
    output.append(whole)
    output.raw("\n")
    return output.text
  }

  private func category(_ figures: CategoryFigures) -> JSONObject {
    let names = ["ap", "ap50", "ap75", "ap_small", "ap_medium", "ap_large"]
    let precisions = zip(names, figures.precisions).map {
      JSONObject.Member(name: $0, value: .number($1))
    }
    var members = JSONObject([
      .init(name: "id", value: .integer(figures.id)),
      .init(name: "name", value: .string(figures.name)),
    ])
    members.members += precisions
    members["ar"] = .number(figures.recall)
    members["objects"] = .integer(figures.objects)
    members["detections"] = .integer(figures.detections)
    members["best"] = figures.best.map { .object(object($0)) } ?? .null
    if options.showsCalibration {
      members["calibration_error"] = number(figures.calibration.expectedError)
    }
    return members
  }

  private func object(_ point: OperatingPoint) -> JSONObject {
    [
      "score": .number(point.score), "precision": .number(point.precision),
      "recall": .number(point.recall), "f1": .number(point.f1),
    ]
  }

  private func object(_ errors: ErrorAnalysis) -> JSONObject {
    let kinds = ErrorKind.allCases.map { kind in
      JSONObject.Member(
        name: kind.rawValue,
        value: .object([
          "count": .integer(errors.counts[kind] ?? 0), "cost": .number(errors.costs[kind] ?? 0),
        ]))
    }
    return JSONObject(
      [.init(name: "ap", value: .number(errors.averagePrecision))] + kinds + [
        .init(name: "false_positives", value: .object(["cost": .number(errors.falsePositiveCost)])),
        .init(name: "false_negatives", value: .object(["cost": .number(errors.falseNegativeCost)])),
      ])
  }

  /// Returns the matrix: true objects in rows, detections in columns; the last of each is the
  /// background.
  private func object(_ confusion: ConfusionMatrix) -> JSONObject {
    [
      "least_score": .number(confusion.leastScore),
      "category_ids": .array(confusion.categories.map { .integer($0.id) }),
      "counts": .array(
        (0..<confusion.side).map { row in
          .array((0..<confusion.side).map { .integer(confusion[row, $0]) })
        }),
    ]
  }

  private func object(_ calibration: CalibrationBins) -> JSONObject {
    [
      "expected_error": number(calibration.expectedError),
      "maximum_error": number(calibration.maximumError),
      "bins": .array(
        calibration.bins.map {
          .object([
            "detections": .integer($0.count), "mean_score": number($0.meanScore),
            "right": number($0.accuracy),
          ])
        }),
    ]
  }

  private func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
