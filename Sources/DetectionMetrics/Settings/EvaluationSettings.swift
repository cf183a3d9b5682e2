/// The settings of an evaluation. The defaults are those of pycocotools 2.0.11's `Params`.
public struct EvaluationSettings: Sendable, Equatable {
  /// The shape that is compared.
  public var iouType: IoUType
  /// The T overlaps from which on a detection can match, ascending; at most 64.
  public var iouThresholds = linspace(from: 0.5, to: 0.95, count: 10)
  /// The R recalls at which precision is read, ascending.
  public var recallThresholds = linspace(from: 0, to: 1, count: 101)
  /// The A ranges of area, at most 32; all further analyses are about the first.
  public var areaRanges: [AreaRange]
  /// The M limits on the detections of one category in one image, ascending.
  public var maximumDetections: [Int]
  /// The standard deviation of each keypoint in parts of the object's size; by default those of
  /// COCO's 17 keypoints of persons.
  public var keypointSigmas = [
    0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89,
    0.89,
  ].map { $0 / 10 }
  /// Whether only some categories are annotated in each image, as in LVIS.
  public var isFederated = false
  /// Whether detections are sorted into TIDE's kinds of errors, which takes a separate pass.
  public var analysesErrors = false
  /// The score from which on detections are counted in a confusion matrix; nil for no matrix.
  public var confusionScore: Double?

  /// Creates COCO's settings for boxes and masks, or those for keypoints.
  public init(_ iouType: IoUType) {
    self.iouType = iouType
    let isKeypoints = iouType == .keypoints
    areaRanges = isKeypoints ? [.all, .medium, .large] : [.all, .small, .medium, .large]
    maximumDetections = isKeypoints ? [20] : [1, 10, 100]
  }

  /// Returns the settings of LVIS 0.5.3's `LVISEval`: each image lists the categories that it does
  /// not show and those that are not annotated exhaustively, and has at most 300 detections.
  public static func lvis(_ iouType: IoUType) -> EvaluationSettings {
    var settings = EvaluationSettings(iouType)
    settings.isFederated = true
    settings.areaRanges = [.all, .small, .medium, .large]
    settings.maximumDetections = [300]
    return settings
  }

  /// Returns `count` numbers at equal distances, bit for bit those of NumPy's `linspace`.
  public static func linspace(from start: Double, to stop: Double, count: Int) -> [Double] {
    guard count > 1 else { return count == 1 ? [start] : [] }
    let step = (stop - start) / Double(count - 1)
    var values = (0..<count).map { Double($0) * step + start }
    values[count - 1] = stop
    return values
  }

  /// The settings in the order and within the limits that matching relies on.
  var normalized: EvaluationSettings {
    var settings = self
    settings.maximumDetections.sort()
    precondition(
      (1...64).contains(iouThresholds.count), "expected 1 to 64 IoU thresholds")
    precondition((1...32).contains(areaRanges.count), "expected 1 to 32 area ranges")
    precondition(
      maximumDetections.allSatisfy { $0 > 0 } && !maximumDetections.isEmpty,
      "expected detection limits of 1 or more")
    return settings
  }
}

/// The shape of an object that is compared: COCO's `iouType`.
public enum IoUType: String, Sendable, CaseIterable {
  /// Boxes, by intersection over union.
  case bbox
  /// Masks, by intersection over union.
  case segm
  /// Keypoints, by object keypoint similarity (OKS).
  case keypoints
}

/// A range of areas that one of the evaluation's figures is about.
public struct AreaRange: Sendable, Equatable {
  /// The name in COCO's summary: `all`, `small` …
  public var name: String
  /// The least area in square pixels, which belongs to the range.
  public var lower: Double
  /// The largest area in square pixels, which belongs to the range.
  public var upper: Double

  /// Creates a range of areas in square pixels, both ends included.
  public init(_ name: String, from lower: Double, to upper: Double) {
    self.name = name
    self.lower = lower
    self.upper = upper
  }

  func contains(_ area: Double) -> Bool { !(area < lower || area > upper) }

  /// All areas, up to 10¹⁰ square pixels.
  public static let all = AreaRange("all", from: 0, to: 1e10)
  /// COCO's small objects, up to 32² square pixels.
  public static let small = AreaRange("small", from: 0, to: 1024)
  /// COCO's medium objects, 32² to 96² square pixels.
  public static let medium = AreaRange("medium", from: 1024, to: 9216)
  /// COCO's large objects, from 96² square pixels on.
  public static let large = AreaRange("large", from: 9216, to: 1e10)
  /// The three ranges from the smallest on.
  public static let sizes = [small, medium, large]

  /// Returns the range of `sizes` that an object of this area belongs to; at a limit, the larger.
  public static func size(ofArea area: Double) -> AreaRange {
    sizes.last { area >= $0.lower } ?? small
  }
}
