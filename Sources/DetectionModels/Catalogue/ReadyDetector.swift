/// A detector of the catalogue, with its name, its published weights and its default configuration.
public struct ReadyDetector: Sendable {
  /// The number of classes of published weights, the background included, which are COCO's ids. The
  /// weights of keypoint detectors have only persons.
  public static let numClasses = 91

  /// The name of the detector in torchvision, or in copra for the small ones.
  public let name: String
  /// The default configuration of the detector.
  public let configuration: any DetectorConfiguration
  private let publishedEpsilon: Double

  /// Creates the descriptor of a detector.
  ///
  /// - Parameters:
  ///   - network: The name of the classification network in the backbone.
  ///   - weights: The name of the file of published weights; nil if none are published.
  ///   - takesNorm: Whether the normalisation of the backbone can be chosen.
  ///   - stagesTrainedFromWeights: The number of stages of the backbone that are trained from
  ///     trained weights, counted from the last; nil for all.
  ///   - publishedEpsilon: The number that the backbone's normalisations add to a variance with
  ///     the published weights.
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

  /// The name of the file of published weights; nil if none are published.
  public var weights: String? { configuration.publishedWeights }

  /// A Boolean value that is true if the detector learns and predicts masks.
  public var hasMasks: Bool { configuration.hasMasks }

  /// A Boolean value that is true if the detector learns and predicts keypoints.
  public var hasKeypoints: Bool { configuration.hasKeypoints }

  /// The options by which the detector resizes and normalises images.
  public var transform: TransformOptions { configuration.transform }

  /// The start with which torchvision makes the detector for its published weights.
  public var published: StartingWeights { .trained(epsilon: publishedEpsilon) }

  /// Returns the detector with drawn weights: `Runtime.seed(0)` and `make()` give those of
  /// `torch.manual_seed(0)` and torchvision's builder without weights.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included; nil for that of
  ///     torchvision's builder.
  ///   - transform: The options of the transform; nil for the detector's own.
  ///   - start: The weights that are loaded afterwards.
  /// - Throws: `ModelConfigurationError` for invalid numbers.
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
