/// The words and numbers that a detector is made from: what a `model.yaml` holds.
///
/// The keys are those of torchvision's arguments; options stand beside the parts, as they do there.
public protocol DetectorConfiguration: Codable, Sendable, Hashable {
  /// The background included; nil for as many as the data has.
  var numClasses: Int? { get }
  var transform: TransformOptions { get set }
  /// Whether the detector learns and finds masks.
  var hasMasks: Bool { get }
  /// Whether the detector learns and finds keypoints.
  var hasKeypoints: Bool { get }
  /// How many keypoints of each object the detector finds; nil for as many as the data has, and from
  /// a detector without keypoints.
  var numKeypoints: Int? { get }
  /// The classes of the detector where nobody says, the background included.
  var usualClasses: Int { get }

  /// The detector with weights drawn in torchvision's order.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: `ModelConfigurationError`, with the keys of what is at fault, for what cannot work.
  func makeDetector(numClasses: Int) throws(ModelConfigurationError) -> any Detector

  /// Takes over how many keypoints the objects of the data have.
  mutating func takeKeypoints(_ count: Int)

  /// Leaves to weights that are loaded afterwards how the backbone is normalised and trained, as far
  /// as the configuration says nothing of that.
  mutating func prepare(for start: StartingWeights)
}

extension DetectorConfiguration {
  public var hasKeypoints: Bool { false }
  public var numKeypoints: Int? { nil }
  public var usualClasses: Int { ReadyDetector.numClasses }
  public mutating func takeKeypoints(_ count: Int) {}

  /// A detector of parts is made as its parts say, whatever its weights.
  public mutating func prepare(for start: StartingWeights) {}
}

/// What weights a detector starts from. By it torchvision decides what of the backbone is trained.
public enum StartingWeights: Sendable, Hashable {
  /// Drawn ones: all layers are trained, and batches are normalised by their own statistics.
  case drawn
  /// Trained ones, of the whole detector or of its backbone: the backbone's last three stages are
  /// trained, and in models of the first generation its normalisations stay as they are.
  ///
  /// - Parameter epsilon: of these normalisations.
  case trained(epsilon: Double = FrozenBatchNorm2d.defaultEpsilon)
}

/// The detectors that can be put together of parts.
public enum DetectorArchitecture: String, CaseIterable, Sendable {
  case fasterrcnn, maskrcnn, keypointrcnn, retinanet

  /// What stands where nothing else is chosen: ResNet-50 with a feature pyramid, and torchvision's
  /// defaults.
  public var configuration: any DetectorConfiguration {
    switch self {
    case .fasterrcnn: FasterRCNNConfiguration()
    case .maskrcnn: MaskRCNNConfiguration()
    case .keypointrcnn: KeypointRCNNConfiguration()
    case .retinanet: RetinaNetConfiguration()
    }
  }
}
