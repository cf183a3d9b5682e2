public import Torch

/// A classification network whose layers a detector takes feature maps from.
public protocol FeatureExtractor: Layer {
  /// The layers that make feature maps of images, with their keys: all but the last ones, which
  /// tell the class.
  var featureLayers: [(key: String, layer: any Layer)] { get }
  /// The same layers stage by stage, from the finest on; none is left out.
  var featureStages: [FeatureStage] { get }
}

/// Layers that follow one another and are trained or held together.
public struct FeatureStage: Sendable, Equatable {
  /// What detectors call the stage, as torchvision counts it.
  public let number: Int
  /// The index of its first layer.
  public let start: Int
  /// Its feature map; nil where it gives none.
  public let map: FeatureMapSource?

  init(_ number: Int, start: Int, map: FeatureMapSource? = nil) {
    self.number = number
    self.start = start
    self.map = map
  }
}

/// A layer whose output is a feature map.
public struct FeatureMapSource: Sendable, Equatable {
  /// The layer's index.
  public let layer: Int
  public let channels: Int
}

extension FeatureExtractor {
  /// Lets the last stages be trained and holds the layers before them.
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

  /// The maps of stages by their numbers, from the finest on.
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
