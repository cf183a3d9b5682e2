import Torch

/// The configuration of a detector of the catalogue: its name, and the options that replace its
/// own.
public struct ReadyConfiguration<Options: ReadyOptions>: DetectorConfiguration {
  /// The number of classes, the background included; nil for the data's number.
  public var numClasses: Int?
  /// The normalisation of the backbone's convolutions; nil for the detector's own.
  public var norm: NormKind?
  /// The parts that training changes.
  public var trained = TrainedParts()
  /// The options of the detector.
  public var options: Options
  private let recipe: ReadyRecipe<Options>
  private var start = StartingWeights.drawn

  init(recipe: ReadyRecipe<Options>, options: Options) {
    self.recipe = recipe
    self.options = options
  }

  private enum CodingKeys: String, CodingKey {
    case model, norm
    case numClasses = "num_classes"
  }

  /// Decodes the configuration from one flat mapping, whose `model` names a detector of the
  /// catalogue with these options.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let model = try values.decode(String.self, forKey: .model)
    guard let ready = DetectorCatalogue.detector(named: model)?.configuration as? Self else {
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: values,
        debugDescription: "expected the name of a detector that takes these options")
    }
    recipe = ready.recipe
    numClasses = try values.decodeIfPresent(Int.self, forKey: .numClasses)
    norm = try values.decodeIfPresent(NormKind.self, forKey: .norm)
    trained = try TrainedParts(from: decoder)
    options = try Options(from: decoder)
  }

  /// Encodes the configuration as one flat mapping, with the detector's name under `model`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(recipe.name, forKey: .model)
    try values.encodeIfPresent(numClasses, forKey: .numClasses)
    try values.encodeIfPresent(norm, forKey: .norm)
    try trained.encode(to: encoder)
    try options.encode(to: encoder)
  }

  /// A Boolean value that is true if the detector learns and predicts masks.
  public var hasMasks: Bool { recipe.hasMasks }
  /// The name of the classification network in the backbone.
  public var network: String? { recipe.network }
  /// The file of weights that torchvision publishes for the whole detector; nil if there is none.
  public var publishedWeights: String? { recipe.publishedWeights }
  /// A Boolean value that is true if the detector learns and predicts keypoints.
  public var hasKeypoints: Bool { Options.hasKeypoints }
  /// The number of keypoints of each object; nil for the data's number, and for a detector without
  /// keypoints.
  public var numKeypoints: Int? { options.numKeypoints }
  /// The default number of classes, the background included.
  public var usualClasses: Int { Options.usualClasses }

  /// The options of the transform.
  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  /// Sets the number of keypoints to that of the data's objects.
  public mutating func takeKeypoints(_ count: Int) {
    options.takeKeypoints(count)
  }

  /// Adapts the normalisation and the trained stages of the backbone to weights that are loaded
  /// afterwards, as far as the configuration does not set them.
  public mutating func prepare(for start: StartingWeights) {
    self.start = start
  }

  /// Returns the detector with weights drawn in torchvision's order and without frozen parts.
  public func makeDetector(
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    try ModelConfigurationError.require(
      norm == nil || recipe.takesNorm, at: "norm",
      "expected a detector whose norm can be chosen: this has its own")
    let startingLayers = start == .drawn ? nil : recipe.stagesTrainedFromWeights
    return try recipe.build(
      ReadyRecipe.Choice(
        numClasses: numClasses, norm: normLayer,
        trainableLayers: trained.backboneLayers ?? startingLayers,
        startsFromNetwork: start == .network, options: options))
  }

  private var normLayer: NormLayer {
    let kind = norm ?? (start == .drawn ? .batch : .frozen)
    guard kind == .frozen, case .trained(let epsilon) = start else { return { kind($0) } }
    return { FrozenBatchNorm2d($0, epsilon: epsilon) }
  }
}

/// The options with which detectors of the catalogue are made.
public protocol ReadyOptions: Codable, Sendable, Hashable {
  /// The options of the transform.
  var transform: TransformOptions { get set }
  /// The default number of classes of torchvision's builder, the background included.
  static var usualClasses: Int { get }
  /// A Boolean value that is true for options of a detector that finds keypoints.
  static var hasKeypoints: Bool { get }
  /// The number of keypoints of each object; nil for the data's number.
  var numKeypoints: Int? { get }

  /// Sets the number of keypoints to that of the data's objects.
  mutating func takeKeypoints(_ count: Int)
}

extension ReadyOptions {
  /// The default: torchvision's 91 classes.
  public static var usualClasses: Int { ReadyDetector.numClasses }
  /// The default: a detector without keypoints.
  public static var hasKeypoints: Bool { false }
  /// The default: nil, for a detector without keypoints.
  public var numKeypoints: Int? { nil }
  /// The default: no change, for a detector without keypoints.
  public mutating func takeKeypoints(_ count: Int) {}
}

extension FasterRCNNOptions: ReadyOptions {}
extension FCOSOptions: ReadyOptions {}
extension SSDOptions: ReadyOptions {}

/// The recipe by which a detector of the catalogue is built.
struct ReadyRecipe<Options: Sendable>: Sendable, Hashable {
  /// The choices with which a detector is built.
  struct Choice {
    /// The number of classes, the background included.
    let numClasses: Int
    /// Makes the normalisation of the backbone, if the detector takes one.
    let norm: NormLayer
    /// The number of trained stages of the backbone, counted from the last; nil for all.
    let trainableLayers: Int?
    /// A Boolean value that is true if the weights of the whole classification network are loaded
    /// afterwards.
    let startsFromNetwork: Bool
    let options: Options
  }

  typealias Build = @Sendable (Choice) throws(ModelConfigurationError) -> any Detector

  let name: String
  /// The name of the classification network in the backbone.
  let network: String
  let publishedWeights: String?
  let hasMasks: Bool
  let takesNorm: Bool
  let stagesTrainedFromWeights: Int?
  let build: Build

  static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
