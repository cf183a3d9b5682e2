/// The detectors that are available by a name.
public enum DetectorCatalogue {
  /// All detectors: three small ones of copra, then torchvision's.
  public static let all: [ReadyDetector] = [
    .fasterRCNNResNet18FPN,
    .maskRCNNResNet18FPN,
    .keypointRCNNResNet18FPN,
    .fasterRCNNResNet50FPN,
    .fasterRCNNResNet50FPNv2,
    .fasterRCNNMobileNetV3LargeFPN,
    .fasterRCNNMobileNetV3Large320FPN,
    .retinaNetResNet50FPN,
    .retinaNetResNet50FPNv2,
    .maskRCNNResNet50FPN,
    .maskRCNNResNet50FPNv2,
    .keypointRCNNResNet50FPN,
    .fcosResNet50FPN,
    .ssd300VGG16,
    .ssdLite320MobileNetV3Large,
  ]

  /// The names of all detectors, in the same order.
  public static let names = all.map(\.name)

  /// Returns the detector of a name such as `retinanet_resnet50_fpn`; nil if there is none.
  public static func detector(named name: String) -> ReadyDetector? {
    all.first { $0.name == name }
  }
}
