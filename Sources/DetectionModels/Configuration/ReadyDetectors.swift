extension FasterRCNNOptions: ReadyOptions {
  public static var readyDetectors: [ReadyDetector<FasterRCNNOptions>] {
    boxDetectors + maskDetectors
  }

  static var boxDetectors: [ReadyDetector<FasterRCNNOptions>] {
    [
      ReadyDetector(
        name: "fasterrcnn_resnet50_fpn", weights: "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
        publishedEpsilon: 0, options: FasterRCNNOptions()
      ) { choice throws(ModelConfigurationError) in
        try FasterRCNN.resNet50FPN(
          numClasses: choice.numClasses, norm: choice.norm,
          trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
      },
      ReadyDetector(
        name: "fasterrcnn_resnet50_fpn_v2",
        weights: "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth", takesNorm: false,
        options: FasterRCNNOptions()
      ) { choice throws(ModelConfigurationError) in
        try FasterRCNN.resNet50FPNv2(
          numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
          options: choice.options)
      },
      ReadyDetector(
        name: "fasterrcnn_mobilenet_v3_large_fpn",
        weights: "fasterrcnn_mobilenet_v3_large_fpn-fb6a3cc7.pth", options: .mobileNetV3
      ) { choice throws(ModelConfigurationError) in
        try FasterRCNN.mobileNetV3LargeFPN(
          numClasses: choice.numClasses, norm: choice.norm,
          trainableLayers: choice.trainableLayers ?? 6, options: choice.options)
      },
      ReadyDetector(
        name: "fasterrcnn_mobilenet_v3_large_320_fpn",
        weights: "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
        options: .mobileNetV3Size320
      ) { choice throws(ModelConfigurationError) in
        try FasterRCNN.mobileNetV3Large320FPN(
          numClasses: choice.numClasses, norm: choice.norm,
          trainableLayers: choice.trainableLayers ?? 6, options: choice.options)
      },
    ]
  }

  static var maskDetectors: [ReadyDetector<FasterRCNNOptions>] {
    [
      ReadyDetector(
        name: "maskrcnn_resnet50_fpn", weights: "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
        hasMasks: true, publishedEpsilon: 0, options: FasterRCNNOptions()
      ) { choice throws(ModelConfigurationError) in
        try MaskRCNN.resNet50FPN(
          numClasses: choice.numClasses, norm: choice.norm,
          trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
      },
      ReadyDetector(
        name: "maskrcnn_resnet50_fpn_v2", weights: "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth",
        hasMasks: true, takesNorm: false, options: FasterRCNNOptions()
      ) { choice throws(ModelConfigurationError) in
        try MaskRCNN.resNet50FPNv2(
          numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
          options: choice.options)
      },
    ]
  }
}

extension RetinaNetOptions: ReadyOptions {
  public static var readyDetectors: [ReadyDetector<RetinaNetOptions>] {
    [
      ReadyDetector(
        name: "retinanet_resnet50_fpn", weights: "retinanet_resnet50_fpn_coco-eeacb38b.pth",
        publishedEpsilon: 0, options: RetinaNetOptions()
      ) { choice throws(ModelConfigurationError) in
        try RetinaNet.resNet50FPN(
          numClasses: choice.numClasses, norm: choice.norm,
          trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
      },
      ReadyDetector(
        name: "retinanet_resnet50_fpn_v2",
        weights: "retinanet_resnet50_fpn_v2_coco-5905b1c5.pth", takesNorm: false,
        options: RetinaNetOptions()
      ) { choice throws(ModelConfigurationError) in
        try RetinaNet.resNet50FPNv2(
          numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
          options: choice.options)
      },
    ]
  }
}
