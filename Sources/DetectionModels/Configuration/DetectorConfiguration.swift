/// A detector in words and numbers, of which it is made: what a `model.yaml` holds.
///
/// The keys are those of torchvision's arguments; options stand beside the parts, as they do there.
public protocol DetectorConfiguration: Codable, Sendable, Hashable {
  /// The background included; nil for as many as the data has.
  var numClasses: Int? { get }
  var transform: TransformOptions { get set }
  /// Whether the detector learns and finds masks.
  var hasMasks: Bool { get }

  /// The detector with weights drawn in torchvision's order.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: `ModelConfigurationError`, with the keys of what is at fault, for what cannot work.
  func makeDetector(numClasses: Int) throws(ModelConfigurationError) -> any Detector
}

/// The detectors that can be put together of parts.
public enum DetectorArchitecture: String, CaseIterable, Sendable {
  case fasterrcnn, maskrcnn, retinanet

  /// What stands where nothing else is chosen: ResNet-50 with a feature pyramid, and torchvision's
  /// defaults.
  public var configuration: any DetectorConfiguration {
    switch self {
    case .fasterrcnn: FasterRCNNConfiguration()
    case .maskrcnn: MaskRCNNConfiguration()
    case .retinanet: RetinaNetConfiguration()
    }
  }
}
