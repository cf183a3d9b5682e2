public import Torch

extension ReadyDetector {
  static let fcosResNet50FPN = ReadyDetector(
    "fcos_resnet50_fpn", network: "resnet50", weights: "fcos_resnet50_fpn_coco-99b0c9b7.pth",
    options: FCOSOptions()
  ) { choice throws(ModelConfigurationError) in
    try FCOS.resNet50FPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
  }
}

extension FCOS {
  /// Returns torchvision's `fcos_resnet50_fpn`; the parameters are those of
  /// `RetinaNet.resNet50FPN`.
  public static func resNet50FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 5,
    options: FCOSOptions = FCOSOptions()
  ) throws(ModelConfigurationError) -> FCOS {
    let backbone = try BackboneWithFPN.resNet50P6P7(norm: norm, trainableLayers: trainableLayers)
    return try FCOS(backbone: backbone, numClasses: numClasses, options: options)
  }
}
