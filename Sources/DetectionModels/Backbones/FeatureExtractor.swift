public import Torch

/// A classification network whose layers provide the feature maps of a detector.
public protocol FeatureExtractor: Layer {
  /// The layers that make feature maps of images, and their keys: all except the last ones, which
  /// predict the class.
  var featureLayers: [(key: String, layer: any Layer)] { get }
  /// The same layers by stages, finest first; none is left out.
  var featureStages: [FeatureStage] { get }
}

/// A sequence of layers that are trained or frozen together.
public struct FeatureStage: Sendable, Equatable {
  /// The number of the stage in detectors' options, as torchvision counts it.
  public let number: Int
  /// The index of the stage's first layer.
  public let start: Int
  /// The feature map of the stage; nil if it gives none.
  public let map: FeatureMapSource?

  init(_ number: Int, start: Int, map: FeatureMapSource? = nil) {
    self.number = number
    self.start = start
    self.map = map
  }
}

/// A layer whose output is a feature map.
public struct FeatureMapSource: Sendable, Equatable {
  /// The index of the layer.
  public let layer: Int
  /// The number of channels of the map.
  public let channels: Int
}

extension FeatureExtractor {
  /// Makes the last stages trainable and freezes the layers before them.
  ///
  /// - Throws: `ModelConfigurationError` for more stages than there are.
  func train(lastStages count: Int) throws(ModelConfigurationError) {
    let stages = featureStages
    try ModelConfigurationError.require(
      (0...stages.count).contains(count), at: "trainable_backbone_layers",
      "expected 0 to \(stages.count) trainable layers, found \(count)")
    let layers = featureLayers
    let start = count == 0 ? layers.count : stages[stages.count - count].start
    for (index, entry) in layers.enumerated() { entry.layer.setTrainable(index >= start) }
  }

  /// Returns the maps of stages by their numbers, finest first.
  ///
  /// - Throws: `ModelConfigurationError` for a stage that gives none.
  func maps(ofStages numbers: [Int]) throws(ModelConfigurationError) -> [FeatureMapSource] {
    let stages = featureStages.filter { $0.map != nil }
    let (first, last) = (stages.first?.number ?? 0, stages.last?.number ?? 0)
    var maps: [FeatureMapSource] = []
    for number in numbers.sorted() {
      let map = stages.first { $0.number == number }?.map
      guard let map else {
        throw ModelConfigurationError(
          "expected returned layers from \(first) to \(last), found \(number)",
          at: "returned_layers")
      }
      maps.append(map)
    }
    return maps
  }
}
