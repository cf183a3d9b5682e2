/// The names and numbers that a detector is made from, which a `model.yaml` holds.
///
/// The keys are those of torchvision's arguments; options and parts share one level, as they do
/// there.
public protocol DetectorConfiguration: Codable, Sendable, Hashable {
  /// The number of classes, the background included; nil for the data's number.
  var numClasses: Int? { get }
  /// The options of the transform.
  var transform: TransformOptions { get set }
  /// The parts that training changes.
  var trained: TrainedParts { get set }
  /// The name of the classification network in the backbone; nil if the zoo does not have it.
  var network: String? { get }
  /// The file of weights that torchvision publishes for the whole detector; nil if there is none.
  var publishedWeights: String? { get }
  /// A Boolean value that is true if the detector learns and predicts masks.
  var hasMasks: Bool { get }
  /// A Boolean value that is true if the detector learns and predicts keypoints.
  var hasKeypoints: Bool { get }
  /// The number of keypoints of each object; nil for the data's number, and for a detector without
  /// keypoints.
  var numKeypoints: Int? { get }
  /// The default number of classes, the background included.
  var usualClasses: Int { get }

  /// Returns the detector with weights drawn in torchvision's order and without frozen parts.
  ///
  /// - Parameter numClasses: The number of classes, the background included.
  /// - Throws: `ModelConfigurationError`, with the keys of the faulty value, for a configuration
  ///   that cannot work.
  func makeDetector(numClasses: Int) throws(ModelConfigurationError) -> any Detector

  /// Sets the number of keypoints to that of the data's objects.
  mutating func takeKeypoints(_ count: Int)

  /// Adapts the normalisation and the trained stages of the backbone to weights that are loaded
  /// afterwards, as far as the configuration does not set them.
  mutating func prepare(for start: StartingWeights)
}

extension DetectorConfiguration {
  /// The default: a detector without keypoints.
  public var hasKeypoints: Bool { false }
  /// The default: nil, for a detector without keypoints.
  public var numKeypoints: Int? { nil }
  /// The default: torchvision's 91 classes.
  public var usualClasses: Int { ReadyDetector.numClasses }
  /// The default: no change, for a detector without keypoints.
  public mutating func takeKeypoints(_ count: Int) {}
  /// The default: nil, for a detector without published weights.
  public var publishedWeights: String? { nil }

  /// Returns the detector with weights drawn in torchvision's order and with its frozen parts.
  ///
  /// - Parameter numClasses: The number of classes, the background included.
  /// - Throws: `ModelConfigurationError`, with the keys of the faulty value, for a configuration
  ///   that cannot work.
  public func detector(numClasses: Int) throws(ModelConfigurationError) -> any Detector {
    let detector = try makeDetector(numClasses: numClasses)
    if !trained.frozen.isEmpty { try detector.freeze(trained.frozen) }
    return detector
  }

  /// The default: no change, as a detector of chosen parts does not depend on its weights.
  public mutating func prepare(for start: StartingWeights) {}
}

/// The weights that a detector starts from, by which torchvision decides the trained part of the
/// backbone.
public enum StartingWeights: Sendable, Hashable {
  /// Drawn weights: all layers are trained, and batches are normalised by their own statistics.
  case drawn
  /// Trained weights of the whole detector or of its backbone.
  ///
  /// The last three stages of the backbone are trained, and in models of the first generation its
  /// normalisations are frozen.
  ///
  /// - Parameter epsilon: The epsilon of these normalisations.
  case trained(epsilon: Double = FrozenBatchNorm2d.defaultEpsilon)
  /// Trained weights of the classification network in the backbone, which is trained as from other
  /// trained weights.
  case network
}

/// The architectures of detectors that can be composed of parts.
public enum DetectorArchitecture: String, CaseIterable, Sendable {
  /// The name of the architecture in torchvision, without its backbone.
  case fasterrcnn, maskrcnn, keypointrcnn, retinanet, fcos, ssd

  /// The default configuration: torchvision's options on a ResNet-50 with a feature pyramid, or on
  /// a VGG-16 for an SSD.
  public var configuration: any DetectorConfiguration {
    switch self {
    case .fasterrcnn: FasterRCNNConfiguration()
    case .maskrcnn: MaskRCNNConfiguration()
    case .keypointrcnn: KeypointRCNNConfiguration()
    case .retinanet: RetinaNetConfiguration()
    case .fcos: FCOSConfiguration()
    case .ssd: SSDConfiguration()
    }
  }
}
