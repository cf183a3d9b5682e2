import Torch

/// A detector of the zoo: how it is made, and the weights that are published for it.
public struct ZooDetector: Sendable {
  /// What weights a detector starts from. By it torchvision decides what of the backbone is trained.
  public enum Start: Sendable, Hashable {
    /// Drawn ones: all layers are trained, and batches are normalised by their own statistics.
    case drawn
    /// Trained ones, of the whole detector or of its backbone: the backbone's last three stages
    /// are trained, and in models of the first generation its normalisations stay as they are.
    ///
    /// - Parameter epsilon: of these normalisations.
    case trained(epsilon: Double = FrozenBatchNorm2d.defaultEpsilon)
  }

  /// What a detector is made by.
  public struct Options {
    /// The background included.
    public let numClasses: Int
    public let transform: TransformOptions
    /// Of the backbone.
    public let norm: NormLayer
    /// Of the backbone, from the last one on; nil for all.
    public let trainableLayers: Int?
  }

  public typealias Build =
    @Sendable (Options) throws(ModelConfigurationError) -> any Detector

  /// The classes that the published weights tell apart, the background included: COCO's ids.
  public static let numClasses = 91

  /// torchvision's name.
  public let name: String
  /// The name of the file that is published; nil where there is none.
  public let weights: String?
  /// Whether it learns and finds masks.
  public let hasMasks: Bool
  /// To what size it brings pictures.
  public let transform: TransformOptions
  private let publishedEpsilon: Double
  private let build: Build

  /// - Parameters:
  ///   - weights: the name of the published file, if there is one.
  ///   - publishedEpsilon: of the backbone's normalisations with the published weights.
  public init(
    _ name: String, weights: String?, hasMasks: Bool = false,
    transform: TransformOptions = TransformOptions(),
    publishedEpsilon: Double = FrozenBatchNorm2d.defaultEpsilon, _ build: @escaping Build
  ) {
    self.name = name
    self.weights = weights
    self.hasMasks = hasMasks
    self.transform = transform
    self.publishedEpsilon = publishedEpsilon
    self.build = build
  }

  /// What torchvision makes for the published weights.
  public var published: Start { .trained(epsilon: publishedEpsilon) }

  /// The detector with drawn weights: `Runtime.seed(0)` and `make()` give those of
  /// `torch.manual_seed(0)` and torchvision's builder without weights.
  ///
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - transform: nil for the detector's own.
  ///   - start: which weights are to be loaded afterwards.
  /// - Throws: `ModelConfigurationError` for numbers that cannot be.
  public func make(
    numClasses: Int = ZooDetector.numClasses, transform: TransformOptions? = nil,
    start: Start = .drawn
  ) throws(ModelConfigurationError) -> any Detector {
    let transform = transform ?? self.transform
    switch start {
    case .drawn:
      return try build(
        Options(
          numClasses: numClasses, transform: transform, norm: { BatchNorm2d($0) },
          trainableLayers: nil))
    case .trained(let epsilon):
      return try build(
        Options(
          numClasses: numClasses, transform: transform,
          norm: { FrozenBatchNorm2d($0, epsilon: epsilon) }, trainableLayers: 3))
    }
  }
}
