public import COCO
public import DetectionModels

/// The report on a dataset and a detector that needs no decoded image.
public struct ModelReport: Sendable {
  /// The factors by which the detector scales the sides of images.
  public struct Scale: Sendable, Equatable {
    /// The smallest factor.
    public let least: Double
    /// The median factor.
    public let median: Double
    /// The greatest factor.
    public let greatest: Double
  }

  /// The number of images of known size.
  public let pictures: Int
  /// The number of objects on them.
  public let objects: Int
  /// The factors of scale; nil without an image of known size.
  public let scale: Scale?
  /// The fit of the anchors.
  public let anchors: AnchorReport
  /// The use of the feature maps; nil for a detector that does not choose among them.
  public let pyramid: PyramidReport?
  /// The objects that are too close or too many.
  public let crowding: CrowdingReport

  /// Reports on samples and a detector.
  ///
  /// - Parameters:
  ///   - samples: The samples that the detector would learn.
  ///   - detector: The detector, whose weights do not matter.
  public init(_ samples: DetectionSamples, _ detector: any BackboneDetector) {
    let scaled = ScaledObjects(samples, transform: detector.transform)
    pictures = scaled.pictures.count
    objects = scaled.objects.count
    scale = Self.scale(of: scaled)
    let places = AnchorPlaces(detector)
    anchors = AnchorReport(samples, scaled, places, detector)
    pyramid = PyramidReport(samples, scaled, places, limits: detector.limits)
    crowding = CrowdingReport(samples, scaled, limits: detector.limits)
  }

  /// The findings that the user should look at, in the order of the checks.
  public var findings: [Finding] {
    anchors.findings + (pyramid?.findings ?? []) + crowding.findings
  }

  private static func scale(of scaled: ScaledObjects) -> Scale? {
    let scales = scaled.pictures.map { Double($0.size.width) / Double($0.original.width) }.sorted()
    guard let least = scales.first, let greatest = scales.last else { return nil }
    return Scale(least: least, median: scales[scales.count / 2], greatest: greatest)
  }
}
