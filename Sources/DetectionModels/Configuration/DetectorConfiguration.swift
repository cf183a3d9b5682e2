/// The words and numbers that a detector is made from: what a `model.yaml` holds.
///
/// The keys are those of torchvision's arguments; options stand beside the parts, as they do there.
public protocol DetectorConfiguration: Codable, Sendable, Hashable {
  /// The background included; nil for as many as the data has.
  var numClasses: Int? { get }
  var transform: TransformOptions { get set }
  /// Which parts training changes.
  var trained: TrainedParts { get set }
  /// The name of the classification network in the backbone; nil where the zoo has none such.
  var network: String? { get }
  /// The file of weights that torchvision publishes for the whole detector; nil where there is none.
  var publishedWeights: String? { get }
  /// Whether the detector learns and finds masks.
  var hasMasks: Bool { get }
  /// Whether the detector learns and finds keypoints.
  var hasKeypoints: Bool { get }
  /// How many keypoints of each object the detector finds; nil for as many as the data has, and from
  /// a detector without keypoints.
  var numKeypoints: Int? { get }
  /// The classes of the detector where nobody says, the background included.
  var usualClasses: Int { get }

  /// Returns the detector with weights drawn in torchvision's order, in which no part is frozen.
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
  public var publishedWeights: String? { nil }

  /// Returns the detector with weights drawn in torchvision's order and the parts held that are not to be
  /// trained.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: `ModelConfigurationError`, with the keys of what is at fault, for what cannot work.
  public func detector(numClasses: Int) throws(ModelConfigurationError) -> any Detector {
    let detector = try makeDetector(numClasses: numClasses)
    if !trained.frozen.isEmpty { try detector.freeze(trained.frozen) }
    return detector
  }

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
  /// Those of the classification network in the backbone, which is trained as from other trained ones.
  case network
}

/// The detectors that can be put together of parts.
public enum DetectorArchitecture: String, CaseIterable, Sendable {
  case fasterrcnn, maskrcnn, keypointrcnn, retinanet, fcos, ssd

  /// What stands where nothing else is chosen: ResNet-50 with a feature pyramid, of an SSD VGG-16,
  /// and torchvision's defaults.
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
