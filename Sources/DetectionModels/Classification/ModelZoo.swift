public import Torch

/// The models that are there by their name in torchvision.
public enum ModelZoo {
  static let families = [
    vgg,
    resNet,
    denseNet,
    mobileNetV2,
    mobileNetV3,
    video,
  ]

  /// All of them, family by family.
  public static let all = families.flatMap { $0 }

  /// The model of a name, such as `resnet50`.
  public static func model(named name: String) -> ZooModel? {
    all.first { $0.name == name }
  }
}

/// A model of the zoo: how it is made, and the weights that are published for it.
public struct ZooModel: Sendable {
  /// What may be chosen of a model.
  public struct Options: Sendable {
    public let numClasses: Int
    /// The probability of the model's dropout layers; nil for the model's own.
    public let dropout: Double?
    /// What normalises the model's convolutions; nil for the model's own. A model that has none
    /// stays without.
    public let norm: NormKind?

    /// What was chosen, or batch norm.
    func normLayer() -> NormLayer {
      { (norm ?? .batch)($0) }
    }
  }

  /// torchvision's name.
  public let name: String
  /// The weights that torchvision takes by default.
  public let weights: PublishedWeights
  /// Weights that it published before.
  public let olderWeights: [PublishedWeights]
  /// The classes that the published weights tell apart.
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

  /// The model with weights drawn as torchvision draws them: `Runtime.seed(0)` and `make()` give
  /// those of `torch.manual_seed(0)` and torchvision's builder.
  ///
  /// - Parameters:
  ///   - numClasses: nil for as many as the published weights tell apart.
  ///   - dropout: the probability of the model's dropout layers; nil for the model's own. A model
  ///     that has none stays without.
  ///   - norm: what normalises the model's convolutions; nil for the model's own.
  public func make(
    numClasses: Int? = nil, dropout: Double? = nil, norm: NormKind? = nil
  ) -> any Layer {
    build(Options(numClasses: numClasses ?? self.numClasses, dropout: dropout, norm: norm))
  }

  /// How many numbers training changes.
  public var parameterCount: Int {
    withoutDraws { make() }.parameterCount
  }

  /// How many tensors the state has.
  public var keyCount: Int {
    withoutDraws { make() }.state.count
  }
}
