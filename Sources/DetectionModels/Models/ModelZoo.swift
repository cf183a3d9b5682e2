/// The models that are there by their name in torchvision.
public enum ModelZoo {
  /// All of them, family by family.
  public static let all: [ZooModel] = [
    vgg,
    resNet,
    denseNet,
    mobileNetV2,
    mobileNetV3,
    video,
  ].flatMap { $0 }

  /// The model of a name, such as `resnet50`.
  public static func model(named name: String) -> ZooModel? {
    all.first { $0.name == name }
  }
}
