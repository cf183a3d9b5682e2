extension ModelZoo {
  /// The detectors that are there by their name in torchvision.
  public static let detectors: [ZooDetector] = [
    fasterRCNN,
    fasterRCNNOfMobileNet,
    retinaNet,
    maskRCNN,
  ].flatMap { $0 }

  /// The detector of a name, such as `retinanet_resnet50_fpn`.
  public static func detector(named name: String) -> ZooDetector? {
    detectors.first { $0.name == name }
  }

  private static let fasterRCNN: [ZooDetector] = [
    ZooDetector(
      "fasterrcnn_resnet50_fpn", weights: "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
      publishedEpsilon: 0
    ) { options throws(ModelConfigurationError) in
      try FasterRCNN.resNet50FPN(
        numClasses: options.numClasses, norm: options.norm,
        trainableLayers: options.trainableLayers ?? 5,
        options: FasterRCNNOptions().resizing(by: options.transform))
    },
    ZooDetector(
      "fasterrcnn_resnet50_fpn_v2", weights: "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth"
    ) { options throws(ModelConfigurationError) in
      try FasterRCNN.resNet50FPNv2(
        numClasses: options.numClasses, trainableLayers: options.trainableLayers ?? 5,
        options: FasterRCNNOptions().resizing(by: options.transform))
    },
  ]

  private static let fasterRCNNOfMobileNet: [ZooDetector] = [
    ZooDetector(
      "fasterrcnn_mobilenet_v3_large_fpn",
      weights: "fasterrcnn_mobilenet_v3_large_fpn-fb6a3cc7.pth"
    ) { options throws(ModelConfigurationError) in
      try FasterRCNN.mobileNetV3LargeFPN(
        numClasses: options.numClasses, norm: options.norm,
        trainableLayers: options.trainableLayers ?? 6,
        options: .mobileNetV3.resizing(by: options.transform))
    },
    ZooDetector(
      "fasterrcnn_mobilenet_v3_large_320_fpn",
      weights: "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
      transform: FasterRCNNOptions.mobileNetV3Size320.transform
    ) { options throws(ModelConfigurationError) in
      try FasterRCNN.mobileNetV3Large320FPN(
        numClasses: options.numClasses, norm: options.norm,
        trainableLayers: options.trainableLayers ?? 6,
        options: .mobileNetV3Size320.resizing(by: options.transform))
    },
  ]

  private static let retinaNet: [ZooDetector] = [
    ZooDetector(
      "retinanet_resnet50_fpn", weights: "retinanet_resnet50_fpn_coco-eeacb38b.pth",
      publishedEpsilon: 0
    ) { options throws(ModelConfigurationError) in
      try RetinaNet.resNet50FPN(
        numClasses: options.numClasses, norm: options.norm,
        trainableLayers: options.trainableLayers ?? 5,
        options: RetinaNetOptions(transform: options.transform))
    },
    ZooDetector(
      "retinanet_resnet50_fpn_v2", weights: "retinanet_resnet50_fpn_v2_coco-5905b1c5.pth"
    ) { options throws(ModelConfigurationError) in
      try RetinaNet.resNet50FPNv2(
        numClasses: options.numClasses, trainableLayers: options.trainableLayers ?? 5,
        options: RetinaNetOptions(transform: options.transform))
    },
  ]

  private static let maskRCNN: [ZooDetector] = [
    ZooDetector(
      "maskrcnn_resnet50_fpn", weights: "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
      hasMasks: true, publishedEpsilon: 0
    ) { options throws(ModelConfigurationError) in
      try MaskRCNN.resNet50FPN(
        numClasses: options.numClasses, norm: options.norm,
        trainableLayers: options.trainableLayers ?? 5,
        options: FasterRCNNOptions().resizing(by: options.transform))
    },
    ZooDetector(
      "maskrcnn_resnet50_fpn_v2", weights: "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth",
      hasMasks: true
    ) { options throws(ModelConfigurationError) in
      try MaskRCNN.resNet50FPNv2(
        numClasses: options.numClasses, trainableLayers: options.trainableLayers ?? 5,
        options: FasterRCNNOptions().resizing(by: options.transform))
    },
  ]
}
