public import Torch

extension ResNet {
  /// Returns a ResNet-18 (table 1 of He et al., 2015).
  public static func resnet18(
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) -> ResNet {
    ResNet(blocks: [2, 2, 2, 2], bottleneck: false, numClasses: numClasses, norm: norm)
  }

  /// Returns a ResNet-34 (table 1 of He et al., 2015).
  public static func resnet34(
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) -> ResNet {
    ResNet(blocks: [3, 4, 6, 3], bottleneck: false, numClasses: numClasses, norm: norm)
  }

  /// Returns a ResNet-50 (table 1 of He et al., 2015).
  public static func resnet50(
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) -> ResNet {
    ResNet(blocks: [3, 4, 6, 3], bottleneck: true, numClasses: numClasses, norm: norm)
  }

  /// Returns a ResNet-101 (table 1 of He et al., 2015).
  public static func resnet101(
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) -> ResNet {
    ResNet(blocks: [3, 4, 23, 3], bottleneck: true, numClasses: numClasses, norm: norm)
  }

  /// Returns a ResNet-152 (table 1 of He et al., 2015).
  public static func resnet152(
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) -> ResNet {
    ResNet(blocks: [3, 8, 36, 3], bottleneck: true, numClasses: numClasses, norm: norm)
  }

  /// Returns a ResNeXt-50 with 32 groups of 4 channels; torchvision's `resnext50_32x4d`.
  public static func resnext50(
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) -> ResNet {
    ResNet(
      blocks: [3, 4, 6, 3], bottleneck: true, groups: 32, widthPerGroup: 4, numClasses: numClasses,
      norm: norm)
  }

  /// Returns a ResNet-50 with twice the channels in its 3×3 convolutions; torchvision's
  /// `wide_resnet50_2`.
  public static func wideResnet50(
    numClasses: Int = 1000, norm: NormLayer = { BatchNorm2d($0) }
  ) -> ResNet {
    ResNet(
      blocks: [3, 4, 6, 3], bottleneck: true, widthPerGroup: 128, numClasses: numClasses, norm: norm
    )
  }
}

extension ModelZoo {
  static let resNet: [ZooModel] = [
    ZooModel("resnet18", weights: PublishedWeights("resnet18-f37072fd.pth")) {
      ResNet.resnet18(numClasses: $0.numClasses, norm: $0.normLayer())
    },
    ZooModel("resnet34", weights: PublishedWeights("resnet34-b627a593.pth")) {
      ResNet.resnet34(numClasses: $0.numClasses, norm: $0.normLayer())
    },
    resNet("resnet50", file: "resnet50-11ad3fa6.pth", older: "resnet50-0676ba61.pth") {
      ResNet.resnet50(numClasses: $0.numClasses, norm: $0.normLayer())
    },
    resNet("resnet101", file: "resnet101-cd907fc2.pth", older: "resnet101-63fe2227.pth") {
      ResNet.resnet101(numClasses: $0.numClasses, norm: $0.normLayer())
    },
    resNet("resnet152", file: "resnet152-f82ba261.pth", older: "resnet152-394f9c45.pth") {
      ResNet.resnet152(numClasses: $0.numClasses, norm: $0.normLayer())
    },
    resNet(
      "resnext50_32x4d", file: "resnext50_32x4d-1a0047aa.pth", older: "resnext50_32x4d-7cdf4587.pth"
    ) {
      ResNet.resnext50(numClasses: $0.numClasses, norm: $0.normLayer())
    },
    resNet(
      "wide_resnet50_2", file: "wide_resnet50_2-9ba9bcbe.pth", older: "wide_resnet50_2-95faca4d.pth"
    ) {
      ResNet.wideResnet50(numClasses: $0.numClasses, norm: $0.normLayer())
    },
  ]

  /// Returns a model with weights of torchvision's second recipe, which resizes to 232, and of its
  /// first.
  private static func resNet(
    _ name: String, file: String, older: String,
    _ build: @escaping @Sendable (ZooModel.Options) -> ResNet
  ) -> ZooModel {
    ZooModel(
      name, weights: PublishedWeights(file, resize: 232), older: [PublishedWeights(older)], build)
  }
}
