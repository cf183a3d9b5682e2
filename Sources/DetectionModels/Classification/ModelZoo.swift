public import Torch

/// The classification networks that are available, under their names in torchvision.
public enum ModelZoo {
  /// The models of each family.
  static let families = [
    vgg,
    resNet,
    denseNet,
    mobileNetV2,
    mobileNetV3,
    video,
  ]

  /// All models, family by family.
  public static let all = families.flatMap { $0 }

  /// Returns the model of a name, such as `resnet50`; nil if there is none.
  public static func model(named name: String) -> ZooModel? {
    all.first { $0.name == name }
  }
}

/// A model of the zoo, with its builder and its published weights.
public struct ZooModel: Sendable {
  /// The choices with which a model is built.
  public struct Options: Sendable {
    /// The number of classes.
    public let numClasses: Int
    /// The probability of the model's dropout layers; nil for the model's own.
    public let dropout: Double?
    /// The normalisation of the model's convolutions; nil for the model's own. A model without
    /// normalisation stays without.
    public let norm: NormKind?

    /// Returns the chosen normalisation, or batch norm.
    func normLayer() -> NormLayer {
      { (norm ?? .batch)($0) }
    }
  }

  /// The name of the model in torchvision.
  public let name: String
  /// The weights that are torchvision's default.
  public let weights: PublishedWeights
  /// The weights that torchvision published before.
  public let olderWeights: [PublishedWeights]
  /// The number of classes of the published weights.
  public let numClasses: Int
  private let build: @Sendable (Options) -> any Layer

  init(
    _ name: String, weights: PublishedWeights, older: [PublishedWeights] = [],
    numClasses: Int = 1000, _ build: @escaping @Sendable (Options) -> any Layer
  ) {
    self.name = name
    self.weights = weights
    olderWeights = older
    self.numClasses = numClasses
    self.build = build
  }

  /// Returns the model with weights drawn as torchvision draws them: `Runtime.seed(0)` and `make()`
  /// give those of `torch.manual_seed(0)` and torchvision's builder.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes; nil for that of the published weights.
  ///   - dropout: The probability of the model's dropout layers; nil for the model's own. A
  ///     model without dropout stays without.
  ///   - norm: The normalisation of the model's convolutions; nil for the model's own.
  public func make(
    numClasses: Int? = nil, dropout: Double? = nil, norm: NormKind? = nil
  ) -> any Layer {
    build(Options(numClasses: numClasses ?? self.numClasses, dropout: dropout, norm: norm))
  }

  /// The number of values that training changes.
  public var parameterCount: Int {
    withoutDraws { make() }.parameterCount
  }

  /// The number of tensors in the state.
  public var keyCount: Int {
    withoutDraws { make() }.state.count
  }
}
