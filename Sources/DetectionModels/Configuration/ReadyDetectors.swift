extension FasterRCNNOptions: ReadyOptions {
  public static var readyDetectors: [ReadyDetector<FasterRCNNOptions>] {
    [
      ready("fasterrcnn_resnet50_fpn") { choice throws(ModelConfigurationError) in
        try FasterRCNN.resNet50FPN(
          numClasses: choice.numClasses, norm: choice.normLayer(),
          trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
      },
      ready("fasterrcnn_resnet50_fpn_v2") { choice throws(ModelConfigurationError) in
        try FasterRCNN.resNet50FPNv2(
          numClasses: choice.numClasses, trainableLayers: choice.fixedNorm(stages: 5),
          options: choice.options)
      },
      ready("fasterrcnn_mobilenet_v3_large_fpn", options: .mobileNetV3) {
        choice throws(ModelConfigurationError) in
        try FasterRCNN.mobileNetV3LargeFPN(
          numClasses: choice.numClasses, norm: choice.normLayer(),
          trainableLayers: choice.trainableLayers ?? 6, options: choice.options)
      },
      ready("fasterrcnn_mobilenet_v3_large_320_fpn", options: .mobileNetV3Size320) {
        choice throws(ModelConfigurationError) in
        try FasterRCNN.mobileNetV3Large320FPN(
          numClasses: choice.numClasses, norm: choice.normLayer(),
          trainableLayers: choice.trainableLayers ?? 6, options: choice.options)
      },
      ready("maskrcnn_resnet50_fpn", hasMasks: true) { choice throws(ModelConfigurationError) in
        try MaskRCNN.resNet50FPN(
          numClasses: choice.numClasses, norm: choice.normLayer(),
          trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
      },
      ready("maskrcnn_resnet50_fpn_v2", hasMasks: true) { choice throws(ModelConfigurationError) in
        try MaskRCNN.resNet50FPNv2(
          numClasses: choice.numClasses, trainableLayers: choice.fixedNorm(stages: 5),
          options: choice.options)
      },
    ]
  }

  private static func ready(
    _ name: String, hasMasks: Bool = false, options: FasterRCNNOptions = FasterRCNNOptions(),
    _ make:
      @escaping @Sendable (ReadyDetector<FasterRCNNOptions>.Choice)
      throws(ModelConfigurationError) -> any Detector
  ) -> ReadyDetector<FasterRCNNOptions> {
    ReadyDetector(name: name, hasMasks: hasMasks, options: options, make: make)
  }
}

extension RetinaNetOptions: ReadyOptions {
  public static var readyDetectors: [ReadyDetector<RetinaNetOptions>] {
    [
      ReadyDetector(
        name: "retinanet_resnet50_fpn", hasMasks: false, options: RetinaNetOptions()
      ) { choice throws(ModelConfigurationError) in
        try RetinaNet.resNet50FPN(
          numClasses: choice.numClasses, norm: choice.normLayer(),
          trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
      },
      ReadyDetector(
        name: "retinanet_resnet50_fpn_v2", hasMasks: false, options: RetinaNetOptions()
      ) { choice throws(ModelConfigurationError) in
        try RetinaNet.resNet50FPNv2(
          numClasses: choice.numClasses, trainableLayers: choice.fixedNorm(stages: 5),
          options: choice.options)
      },
    ]
  }
}
