public import COCO
public import DetectionModels

/// What can be said of a dataset and a detector before a picture is opened.
public struct ModelReport: Sendable {
  /// The sides of pictures as the detector resizes them: what the scale is multiplied with, from the
  /// least to the greatest, and in the middle.
  public struct Scale: Sendable, Equatable {
    public let least: Double
    public let median: Double
    public let greatest: Double
  }

  public let pictures: Int
  public let objects: Int
  /// Nil without a picture of known size.
  public let scale: Scale?
  public let anchors: AnchorReport
  /// Nil for a detector that does not choose among feature maps.
  public let pyramid: PyramidReport?
  public let crowding: CrowdingReport

  /// - Parameter detector: its weights do not matter.
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

  /// What the model sees that the user should look at, in the order of the checks.
  public var findings: [Finding] {
    anchors.findings + (pyramid?.findings ?? []) + crowding.findings
  }

  private static func scale(of scaled: ScaledObjects) -> Scale? {
    let scales = scaled.pictures.map { Double($0.size.width) / Double($0.original.width) }.sorted()
    guard let least = scales.first, let greatest = scales.last else { return nil }
    return Scale(least: least, median: scales[scales.count / 2], greatest: greatest)
  }
}
