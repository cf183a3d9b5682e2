extension ModelZoo {
  /// The detectors that are there by their name in torchvision.
  public static let detectors: [ZooDetector] =
    FasterRCNNOptions.boxDetectors.map { ZooDetector($0) }
    + RetinaNetOptions.readyDetectors.map { ZooDetector($0) }
    + FasterRCNNOptions.maskDetectors.map { ZooDetector($0) }

  /// The detector of a name, such as `retinanet_resnet50_fpn`.
  public static func detector(named name: String) -> ZooDetector? {
    detectors.first { $0.name == name }
  }
}

extension ZooDetector {
  /// A ready detector with its own options but for the size of pictures.
  fileprivate init(_ ready: ReadyDetector<some ReadyOptions>) {
    self.init(
      ready.name, weights: ready.weights, hasMasks: ready.hasMasks,
      transform: ready.options.transform, publishedEpsilon: ready.publishedEpsilon
    ) { chosen throws(ModelConfigurationError) in
      var options = ready.options
      options.transform = chosen.transform
      return try ready.make(
        ReadyDetector.Choice(
          numClasses: chosen.numClasses, norm: chosen.norm,
          trainableLayers: chosen.trainableLayers, options: options))
    }
  }
}
