import Torch

/// The configuration of a detector of the catalogue: its name, and options laid over its own.
public struct ReadyConfiguration<Options: ReadyOptions>: DetectorConfiguration {
  public var numClasses: Int?
  /// What normalises the backbone's convolutions; nil for the detector's own.
  public var norm: NormKind?
  public var trained = TrainedParts()
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

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let model = try values.decode(String.self, forKey: .model)
    guard let ready = DetectorCatalogue.detector(named: model)?.configuration as? Self else {
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: values, debugDescription: "no detector of these options is called so")
    }
    recipe = ready.recipe
    numClasses = try values.decodeIfPresent(Int.self, forKey: .numClasses)
    norm = try values.decodeIfPresent(NormKind.self, forKey: .norm)
    trained = try TrainedParts(from: decoder)
    options = try Options(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(recipe.name, forKey: .model)
    try values.encodeIfPresent(numClasses, forKey: .numClasses)
    try values.encodeIfPresent(norm, forKey: .norm)
    try trained.encode(to: encoder)
    try options.encode(to: encoder)
  }

  public var hasMasks: Bool { recipe.hasMasks }
  public var network: String? { recipe.network }
  public var publishedWeights: String? { recipe.publishedWeights }
  public var hasKeypoints: Bool { Options.hasKeypoints }
  public var numKeypoints: Int? { options.numKeypoints }
  public var usualClasses: Int { Options.usualClasses }

  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  public mutating func takeKeypoints(_ count: Int) {
    options.takeKeypoints(count)
  }

  public mutating func prepare(for start: StartingWeights) {
    self.start = start
  }

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

/// Options that detectors of the catalogue are made with.
public protocol ReadyOptions: Codable, Sendable, Hashable {
  var transform: TransformOptions { get set }
  /// The classes that torchvision's builder makes where nobody says, the background included.
  static var usualClasses: Int { get }
  /// Whether these are options of a detector that finds keypoints.
  static var hasKeypoints: Bool { get }
  /// Of each object; nil for as many as the data has.
  var numKeypoints: Int? { get }

  /// Takes over how many keypoints the objects of the data have.
  mutating func takeKeypoints(_ count: Int)
}

extension ReadyOptions {
  public static var usualClasses: Int { ReadyDetector.numClasses }
  public static var hasKeypoints: Bool { false }
  public var numKeypoints: Int? { nil }
  public mutating func takeKeypoints(_ count: Int) {}
}

extension FasterRCNNOptions: ReadyOptions {}
extension FCOSOptions: ReadyOptions {}
extension SSDOptions: ReadyOptions {}

/// How a detector of the catalogue is built.
struct ReadyRecipe<Options: Sendable>: Sendable, Hashable {
  /// What was chosen of the detector.
  struct Choice {
    /// The background included.
    let numClasses: Int
    /// The normalisation of the backbone, where the detector takes one.
    let norm: NormLayer
    /// The stages of the backbone that are trained, from the last one on; nil for all.
    let trainableLayers: Int?
    /// Whether the weights of the whole classification network are loaded afterwards.
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
