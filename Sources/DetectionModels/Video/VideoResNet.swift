public import Torch

/// A ResNet of 18 layers over clips (Tran et al., 2018, "A Closer Look at Spatiotemporal
/// Convolutions for Action Recognition") as in torchvision: [N, 3, T, H, W] → [N, classes].
public struct VideoResNet: Layer {
  /// The first convolutions.
  public let stem: Sequential
  /// The first stage, of 64 channels.
  public let layer1: Sequential
  /// The second stage, of 128 channels.
  public let layer2: Sequential
  /// The third stage, of 256 channels.
  public let layer3: Sequential
  /// The fourth stage, of 512 channels.
  public let layer4: Sequential
  /// The layer that predicts the classes.
  public var fc: Linear

  /// Creates a network with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - stem: The first convolutions.
  ///   - convolutions: The convolution of each of the four stages.
  ///   - blocks: The number of residual blocks of each of the four stages.
  ///   - numClasses: The number of classes.
  public init(
    stem: VideoStem, convolutions: [VideoConvolution], blocks: [Int] = [2, 2, 2, 2],
    numClasses: Int = 400
  ) {
    precondition(
      convolutions.count == 4 && blocks.count == 4,
      "expected 4 stages, found \(convolutions.count) convolutions and \(blocks.count) depths")
    var stage = VideoStage()
    func layers(_ index: Int, _ channels: Int, stride: Int) -> Sequential {
      stage.layers(
        channels, blocks: blocks[index], convolution: convolutions[index], stride: stride)
    }
    self.stem = stem.layers
    layer1 = layers(0, 64, stride: 1)
    layer2 = layers(1, 128, stride: 2)
    layer3 = layers(2, 256, stride: 2)
    layer4 = layers(3, 512, stride: 2)
    fc = Linear(stage.inChannels, numClasses)
    forEachModule { module in
      if let conv = module as? Conv3d { conv.weight.fillKaimingNormal(fan: .out) }
    }
    fc.weight.fillNormal(deviation: 0.01)
    fc.bias?.fill(0)
  }

  /// Returns the logits of clips.
  public func callAsFunction(_ input: Tensor, _ mode: Mode) -> Tensor {
    var x = stem(input, mode)  // [N, 64, T, H/2, W/2]
    x = layer1(x, mode)
    x = layer2(x, mode)  // [N, 128, T/2, H/4, W/4]; T stays where no convolution crosses frames
    x = layer3(x, mode)  // [N, 256, T/4, H/8, W/8]
    x = layer4(x, mode)  // [N, 512, T/8, H/16, W/16]
    return fc(adaptiveAveragePool(x, size: [1, 1, 1]).flattened(from: 1))
  }
}

extension VideoResNet {
  /// Returns an R3D-18, whose convolutions are all over space and time.
  public static func r3d18(numClasses: Int = 400) -> VideoResNet {
    VideoResNet(
      stem: .basic, convolutions: [.simple, .simple, .simple, .simple], numClasses: numClasses)
  }

  /// Returns an MC3-18, whose stem and first stage are over space and time, and whose other stages
  /// are over space only.
  public static func mc318(numClasses: Int = 400) -> VideoResNet {
    VideoResNet(
      stem: .basic, convolutions: [.simple, .noTemporal, .noTemporal, .noTemporal],
      numClasses: numClasses)
  }

  /// Returns an R(2+1)D-18, whose convolutions are each one over space and then one over time.
  public static func r2plus1d18(numClasses: Int = 400) -> VideoResNet {
    VideoResNet(
      stem: .twoPlusOne,
      convolutions: [.twoPlusOne, .twoPlusOne, .twoPlusOne, .twoPlusOne], numClasses: numClasses)
  }
}

extension ModelZoo {
  static let video: [ZooModel] = [
    video("r3d_18", file: "r3d_18-b3b3357e.pth", VideoResNet.r3d18),
    video("mc3_18", file: "mc3_18-a90a0ba3.pth", VideoResNet.mc318),
    video("r2plus1d_18", file: "r2plus1d_18-91a641e6.pth", VideoResNet.r2plus1d18),
  ]

  private static func video(
    _ name: String, file: String, _ make: @escaping @Sendable (Int) -> VideoResNet
  ) -> ZooModel {
    ZooModel(name, weights: PublishedWeights(file, preset: .kinetics400), numClasses: 400) {
      make($0.numClasses)
    }
  }
}

extension InputPreset {
  fileprivate static let kinetics400 = InputPreset(
    resize: .exactly(height: 128, width: 171), crop: 112, mean: [0.43216, 0.394666, 0.37645],
    std: [0.22803, 0.22145, 0.216989])
}
