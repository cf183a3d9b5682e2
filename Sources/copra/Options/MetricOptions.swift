public import ArgumentParser
public import DetectionMetrics

/// What is measured, and with which thresholds.
struct MetricOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The type of shapes to compare.", valueName: "type"))
  var iouType = IoUType.bbox

  @Option(
    help: ArgumentHelp(
      "The overlaps from which a detection matches; 0.50 to 0.95 in steps of 0.05 if not given.",
      valueName: "iou,..."))
  var iouThresholds: NumberList?

  @Option(
    help: ArgumentHelp(
      "Ranges of area in square pixels, both ends included; pycocotools' figures use all, small, "
        + "medium and large, other ranges follow, and tables show the first one.",
      valueName: "name=from:to,..."))
  var areas: AreaRanges?

  @Option(
    help: ArgumentHelp(
      "The maximum detections of a category per image; 1,10,100 (20 for keypoints) if not given.",
      valueName: "number,..."))
  var maxDetections: NumberList?

  @Option(
    help: ArgumentHelp(
      "The standard deviation of each keypoint; those of COCO's persons if not given.",
      valueName: "sigma,..."))
  var keypointSigmas: NumberList?

  @Flag(
    help: "Evaluate as LVIS does: each image lists which categories are annotated there.")
  var lvis = false

  @Flag(
    help: ArgumentHelp(
      "Read ids that are text as numbers where possible; pycocotools keeps \"1\" and 1 apart."
    ))
  var looseIds = false

  func validate() throws {
    if lvis, iouType == .keypoints {
      throw ValidationError("--lvis evaluates boxes and masks; LVIS has no keypoints")
    }
    if let values = iouThresholds?.values {
      guard values.allSatisfy({ $0 > 0 && $0 <= 1 }), isAscending(values), values.count <= 64
      else {
        throw ValidationError("--iou-thresholds takes ascending numbers above 0 and up to 1")
      }
    }
    if let values = maxDetections?.values {
      let expected = lvis || iouType == .keypoints ? 1 : 3
      guard values.count == expected, isAscending(values),
        values.allSatisfy({ $0 >= 1 && $0 == $0.rounded() && $0 < 1e9 })
      else {
        throw ValidationError(
          "--max-detections takes \(expected == 1 ? "a whole number" : "3 ascending whole numbers")"
            + " of 1 or more")
      }
    }
    if let values = keypointSigmas?.values, !values.allSatisfy({ $0 > 0 }) {
      throw ValidationError("--keypoint-sigmas takes numbers above 0")
    }
  }

  private func isAscending(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// The defaults of the type with what was given in their place.
  var settings: EvaluationSettings {
    var settings = lvis ? EvaluationSettings.lvis(iouType) : EvaluationSettings(iouType)
    if let iouThresholds { settings.iouThresholds = iouThresholds.values }
    if let areas { settings.areaRanges = areas.ranges }
    if let maxDetections { settings.maximumDetections = maxDetections.values.map { Int($0) } }
    if let keypointSigmas { settings.keypointSigmas = keypointSigmas.values }
    return settings
  }
}

/// Finite numbers with commas between them.
struct NumberList: ExpressibleByArgument {
  let values: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    values = parts.compactMap { Double($0) }.filter(\.isFinite)
    guard values.count == parts.count else { return nil }
  }
}

/// The value of `--areas`.
struct AreaRanges: ExpressibleByArgument {
  let ranges: [AreaRange]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    ranges = parts.compactMap { part in
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { return nil }
      let ends = sides[1].split(separator: ":").compactMap { Double($0) }
      guard ends.count == 2, ends[0] <= ends[1] else { return nil }
      return AreaRange(String(sides[0]), from: ends[0], to: ends[1])
    }
    let names = Set(ranges.map(\.name))
    guard ranges.count == parts.count, names.count == ranges.count, ranges.count <= 32 else {
      return nil
    }
  }
}

extension IoUType: ExpressibleByArgument {}
