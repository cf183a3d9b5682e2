import COCO
import DetectionMetrics
import Engine

/// The whole of a check as one JSON object.
enum CheckJSON {
  static func object(of report: CheckReport) -> JSONObject {
    var object: JSONObject = [
      "pictures": .integer(report.samples.count), "errors": .integer(report.errors),
      "findings": .object(counts(report.findings)),
      "verdict": .string(report.answer.word), "next": .string(NextCommand(report).text),
    ]
    switch report.answer {
    case .notLearnable(let reasons), .undecided(let reasons):
      object["reasons"] = .array(reasons.map { .string($0) })
    case .ready, .trainAfterFixes: break
    }
    if let model = report.model { object["model"] = .object(self.model(model, report)) }
    if let comparison = report.comparison {
      object["equals_original"] = .bool(comparison.isEqual)
    }
    if let errors = report.labelErrors {
      object["label_scores"] = .array(errors.labelScores.map { .object($0.json) })
    }
    if let history = report.labelHistory {
      object["label_losses"] = .array(history.labelLosses.map { .object($0.json) })
    }
    if let losses = report.labelLosses { object["mean_label_losses"] = .object(means(losses)) }
    if let appearance = report.appearance {
      object["appearance"] = .object(self.appearance(appearance, report))
    }
    if let cost = report.cost { object["step"] = .object(self.cost(cost)) }
    if let verdict = report.verdict { object["training"] = .object(training(verdict)) }
    return object
  }

  /// How many findings there are of each rule.
  private static func counts(_ findings: [Finding]) -> JSONObject {
    let counts = findings.reduce(into: [:] as [String: Int]) { $0[$1.rule, default: 0] += 1 }
    return object(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
  }

  private static func appearance(
    _ appearance: AppearanceReport, _ report: CheckReport
  ) -> JSONObject {
    func scores(_ scores: [ObjectScore]) -> JSONValue {
      .array(
        scores.map {
          let annotation = report.whole.dataset.annotations[$0.annotation]
          return .array([.integer(annotation.id), .number($0.score)])
        })
    }
    var object: JSONObject = [
      "boxes_fit": .bool(appearance.boxesFit),
      "box_scores": scores(appearance.boxScores),
      "category_scores": scores(appearance.categoryScores),
      "reasons": .array(appearance.reasons.map { .string($0) }),
      "doubts": .array(appearance.doubts.map { .string($0) }),
      "untold": .array(appearance.untold.map { .string($0) }),
    ]
    if let fit = appearance.boxFit { object["box_fit"] = .number(fit) }
    if let guessed = appearance.categoriesGuessed {
      object["categories_guessed"] = .number(guessed)
    }
    if let chance = appearance.categoriesGuessedByChance {
      object["categories_guessed_by_chance"] = .number(chance)
    }
    if let missing = appearance.missing {
      object["missing"] = .object(self.missing(missing, report))
    }
    return object
  }

  /// The likeliest places of objects without a box, and how likely each image lacks one.
  private static func missing(_ missing: MissingLabels, _ report: CheckReport) -> JSONObject {
    func id(_ image: Int) -> Int { report.whole.dataset.images[image].id }
    let likely = missing.likely.map { place in
      LabelScore(
        kind: .likelyMissingLabel, score: place.score, imageID: id(place.image), box: place.box,
        isError: true, message: place.message)
    }
    return [
      "image_scores": .array(
        missing.images.map { .array([.integer(id($0.image)), .number($0.score)]) }),
      "place_scores": .array(
        missing.places.map { place in
          let box = place.box
          let sides = [box.x0, box.y0, box.width, box.height].map { JSONValue.number($0) }
          return .array([.integer(id(place.image)), .array(sides), .number(place.score)])
        }),
      "is_telling": .bool(missing.isTelling),
      "label_scores": .array(likely.map { .object($0.json) }),
    ]
  }

  private static func model(_ model: ModelReport, _ report: CheckReport) -> JSONObject {
    let anchors = model.anchors
    var object: JSONObject = [
      "name": .string(report.settings.examined.detector.name),
      "objects": .integer(model.objects),
      "recall": .object(recall(anchors.all)),
      "recall_by_size": .object(named(anchors.bySize)),
      "recall_by_category": .object(named(anchors.byCategory)),
      "objects_by_anchor_map": .array(anchors.byMap.map { .integer($0) }),
      "best_overlaps": .array(
        anchors.overlaps.map { overlap in
          let annotation = report.samples.dataset.annotations[overlap.annotation]
          return .array([.integer(annotation.id), .number(overlap.overlap)])
        }),
      "limits": .array(
        model.crowding.losses.map { loss in
          .object([
            "option": .string(loss.option), "value": .number(loss.value),
            "objects": .integer(loss.objects), "pictures": .integer(loss.pictures),
          ])
        }),
    ]
    if let scale = model.scale {
      object["scale"] = .array([scale.least, scale.median, scale.greatest].map { .number($0) })
    }
    if let pyramid = model.pyramid {
      object["objects_by_pooled_map"] = .object(
        self.object(zip(pyramid.maps, pyramid.objects).map { ($0, .integer($1)) }))
    }
    if let fitted = anchors.fitted {
      object["fitted"] = .object([
        "sizes": .array(fitted.sizes.map { .array($0.map { .number($0) }) }),
        "aspect_ratios": .array(fitted.aspectRatios.map { .number($0) }),
        "recall": .object(recall(fitted.recall)),
      ])
    }
    return object
  }

  private static func named(_ recalls: [AnchorReport.Recall]) -> JSONObject {
    object(recalls.map { ($0.name, .object(recall($0))) })
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONObject {
    JSONObject(members.map { JSONObject.Member(name: $0.0, value: $0.1) })
  }

  private static func recall(_ recall: AnchorReport.Recall) -> JSONObject {
    [
      "objects": .integer(recall.objects), "at_50": .number(recall.at50),
      "at_70": .number(recall.at70), "mean_best_iou": .number(recall.meanOverlap),
    ]
  }

  private static func cost(_ cost: StepCost) -> JSONObject {
    var object: JSONObject = [
      "pictures": .integer(cost.pictures), "seconds": .number(cost.duration / .seconds(1)),
    ]
    if let bytes = cost.estimatedBytes { object["estimated_bytes"] = .number(bytes) }
    if let bytes = cost.measuredBytes { object["measured_bytes"] = .number(bytes) }
    return object
  }

  private static func training(_ verdict: SmokeVerdict) -> JSONObject {
    var object: JSONObject = [
      "outcome": .string(verdict.outcome.rawValue), "AP50": .number(verdict.ap50),
      "steps": .integer(verdict.steps), "seconds": .number(verdict.duration / .seconds(1)),
      "reasons": .array(verdict.reasons.map { .string($0) }),
    ]
    if let losses = verdict.losses { object["mean_losses"] = .object(means(losses)) }
    return object
  }

  private static func means(_ losses: MeanLosses) -> JSONObject {
    func array(_ groups: [MeanLosses.Group]) -> JSONValue {
      .array(
        groups.map { group in
          .object([
            "name": .string(group.name), "objects": .integer(group.objects),
            "loss": .number(group.loss),
          ])
        })
    }
    return [
      "by_category": array(losses.byCategory), "by_size": array(losses.bySize),
      "by_split": array(losses.bySplit),
    ]
  }
}
