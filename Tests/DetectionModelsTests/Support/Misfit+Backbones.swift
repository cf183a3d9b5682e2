import DetectionModels
import Torch

extension Misfit {
  static let backbones: [Misfit] = [
    Misfit(
      "a layer that is not there",
      "expected one of the layers fine, coarse, found layer4"
    ) { _ = try pyramid(returned: [("layer4", "0")]) },
    Misfit("a layer twice", "expected every layer once, found fine twice") {
      _ = try pyramid(returned: [("fine", "0"), ("fine", "1")])
    },
    Misfit("no layer", "expected at least one layer to take a feature map from, found none") {
      _ = try pyramid(returned: [])
    },
    Misfit("a fifth stage of a ResNet", "expected returned layers from 1 to 4, found 5") {
      _ = try BackboneWithFPN(resNet: resNet(), returnedLayers: [4, 5])
    },
    Misfit("a stage of a ResNet twice", "expected every layer once, found layer2 twice") {
      _ = try BackboneWithFPN(resNet: resNet(), returnedLayers: [2, 2])
    },
    Misfit("six trainable parts of a ResNet", "expected 0 to 5 trainable layers, found 6") {
      _ = try BackboneWithFPN(resNet: resNet(), trainableLayers: 6)
    },
    Misfit("a trainable part less than none", "expected 0 to 5 trainable layers, found -1") {
      _ = try FasterRCNN.resNet50FPN(trainableLayers: -1)
    },
    Misfit(
      "a sixth stage of a MobileNet", "expected returned layers from 0 to 5, found 6"
    ) {
      _ = try BackboneWithFPN(mobileNet: MobileNetV3(.large), returnedStages: [4, 6])
    },
    Misfit(
      "seven trainable stages of a MobileNet", "expected 0 to 6 trainable layers, found 7"
    ) { _ = try BackboneWithFPN(mobileNet: MobileNetV3(.large), trainableLayers: 7) },
  ]

  private static func resNet() -> ResNet {
    ResNet(blocks: [1, 1, 1, 1], bottleneck: false)
  }
}
