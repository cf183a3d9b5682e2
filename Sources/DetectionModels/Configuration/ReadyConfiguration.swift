import Torch

/// One of torchvision's ready detectors by its name, with options laid over it.
public struct ReadyConfiguration<Options: ReadyOptions>: DetectorConfiguration {
  public let model: String
  public var numClasses: Int?
  /// What normalises the backbone's convolutions; nil for the detector's own.
  public var norm: NormKind?
  /// How many stages of the backbone are trained, from the last one on; nil for all.
  public var trainableLayers: Int?
  public var options: Options

  init(_ ready: ReadyDetector<Options>) {
    model = ready.name
    options = ready.options
  }

  private enum CodingKeys: String, CodingKey {
    case model, norm
    case numClasses = "num_classes"
    case trainableLayers = "trainable_backbone_layers"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    model = try values.decode(String.self, forKey: .model)
    numClasses = try values.decodeIfPresent(Int.self, forKey: .numClasses)
    norm = try values.decodeIfPresent(NormKind.self, forKey: .norm)
    trainableLayers = try values.decodeIfPresent(Int.self, forKey: .trainableLayers)
    options = try Options(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(model, forKey: .model)
    try values.encodeIfPresent(numClasses, forKey: .numClasses)
    try values.encodeIfPresent(norm, forKey: .norm)
    try values.encodeIfPresent(trainableLayers, forKey: .trainableLayers)
    try options.encode(to: encoder)
  }

  private var ready: ReadyDetector<Options>? {
    Options.readyDetectors.first { $0.name == model }
  }

  public var hasMasks: Bool { ready?.hasMasks ?? false }

  public var transform: TransformOptions {
    get { options.transform }
    set { options.transform = newValue }
  }

  public func makeDetector(
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    guard let ready else {
      let names = ReadyDetectors.all.map(\.name).joined(separator: ", ")
      throw ModelConfigurationError("expected one of \(names), found \(model)", at: "model")
    }
    try ModelConfigurationError.require(
      norm == nil || ready.takesNorm, at: "norm",
      "expected a detector whose norm can be chosen: this has its own")
    return try ready.make(
      ReadyDetector.Choice(
        numClasses: numClasses, norm: { (norm ?? .batch)($0) }, trainableLayers: trainableLayers,
        options: options))
  }
}

/// Options that ready detectors are made with.
public protocol ReadyOptions: Codable, Sendable, Hashable {
  var transform: TransformOptions { get set }
  /// The detectors that take these.
  static var readyDetectors: [ReadyDetector<Self>] { get }
}

/// A detector of torchvision's that is made by its name.
public struct ReadyDetector<Options: Sendable>: Sendable {
  /// What was chosen of it.
  struct Choice {
    /// The background included.
    let numClasses: Int
    /// Of the backbone, where the detector takes one.
    let norm: NormLayer
    /// Of the backbone, from the last one on; nil for all.
    let trainableLayers: Int?
    let options: Options
  }

  typealias Make = @Sendable (Choice) throws(ModelConfigurationError) -> any Detector

  public let name: String
  /// The name of the file that is published.
  let weights: String
  let hasMasks: Bool
  /// Whether the backbone's norm can be chosen.
  let takesNorm: Bool
  /// Of the backbone's normalisations with the published weights.
  let publishedEpsilon: Double
  /// What it has where nothing else is chosen.
  let options: Options
  let make: Make

  init(
    name: String, weights: String, hasMasks: Bool = false, takesNorm: Bool = true,
    publishedEpsilon: Double = FrozenBatchNorm2d.defaultEpsilon, options: Options,
    _ make: @escaping Make
  ) {
    self.name = name
    self.weights = weights
    self.hasMasks = hasMasks
    self.takesNorm = takesNorm
    self.publishedEpsilon = publishedEpsilon
    self.options = options
    self.make = make
  }
}

/// All ready detectors.
public enum ReadyDetectors {
  /// Each with its own options and nothing laid over them.
  public static var all: [(name: String, configuration: any DetectorConfiguration)] {
    FasterRCNNOptions.readyDetectors.map { ($0.name, ReadyConfiguration($0)) }
      + RetinaNetOptions.readyDetectors.map { ($0.name, ReadyConfiguration($0)) }
  }
}
