/// A detector of the catalogue: its name, its published weights, and the configuration that it is
/// made by.
public struct ReadyDetector: Sendable {
  /// The classes that published weights tell apart, the background included: COCO's ids. Those of
  /// keypoints tell persons alone.
  public static let numClasses = 91

  public let name: String
  /// What the detector has where nothing else is chosen.
  public let configuration: any DetectorConfiguration
  private let publishedEpsilon: Double

  /// Creates the descriptor of a detector.
  ///
  /// - Parameters:
  ///   - network: the name of the classification network in the backbone.
  ///   - weights: the name of the file of published weights; nil where none are published.
  ///   - takesNorm: whether the normalisation of the backbone can be chosen.
  ///   - stagesTrainedFromWeights: how many stages of the backbone are trained, from the last one
  ///     on, where it starts from trained weights; nil for all.
  ///   - publishedEpsilon: what the backbone's normalisations add to a variance with the published
  ///     weights.
  init<Options: ReadyOptions>(
    _ name: String, network: String, weights: String?, hasMasks: Bool = false,
    takesNorm: Bool = true,
    stagesTrainedFromWeights: Int? = 3,
    publishedEpsilon: Double = FrozenBatchNorm2d.defaultEpsilon, options: Options,
    _ build: @escaping ReadyRecipe<Options>.Build
  ) {
    self.name = name
    self.publishedEpsilon = publishedEpsilon
    configuration = ReadyConfiguration(
      recipe: ReadyRecipe(
        name: name, network: network, publishedWeights: weights, hasMasks: hasMasks,
        takesNorm: takesNorm,
        stagesTrainedFromWeights: stagesTrainedFromWeights, build: build),
      options: options)
  }

  /// The name of the file of published weights; nil where none are published.
  public var weights: String? { configuration.publishedWeights }

  /// Whether the detector learns and finds masks.
  public var hasMasks: Bool { configuration.hasMasks }

  /// Whether the detector learns and finds keypoints.
  public var hasKeypoints: Bool { configuration.hasKeypoints }

  /// How the detector resizes and normalises images.
  public var transform: TransformOptions { configuration.transform }

  /// How torchvision makes the detector for its published weights.
  public var published: StartingWeights { .trained(epsilon: publishedEpsilon) }

  /// Makes the detector with drawn weights: `Runtime.seed(0)` and `make()` give those of
  /// `torch.manual_seed(0)` and torchvision's builder without weights.
  ///
  /// - Parameters:
  ///   - numClasses: the background included; nil for as many as torchvision's builder makes.
  ///   - transform: nil for the detector's own.
  ///   - start: which weights are loaded afterwards.
  /// - Throws: `ModelConfigurationError` for numbers that cannot be.
  public func make(
    numClasses: Int? = nil, transform: TransformOptions? = nil,
    start: StartingWeights = .drawn
  ) throws(ModelConfigurationError) -> any Detector {
    var configuration = configuration
    if let transform { configuration.transform = transform }
    configuration.prepare(for: start)
    return try configuration.detector(numClasses: numClasses ?? configuration.usualClasses)
  }
}
