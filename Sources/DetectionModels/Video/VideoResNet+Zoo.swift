extension ModelZoo {
  static let video: [ZooModel] = [
    video("r3d_18", file: "r3d_18-b3b3357e.pth") {
      VideoResNet.r3d18(numClasses: $0.numClasses)
    },
    video("mc3_18", file: "mc3_18-a90a0ba3.pth") {
      VideoResNet.mc318(numClasses: $0.numClasses)
    },
    video("r2plus1d_18", file: "r2plus1d_18-91a641e6.pth") {
      VideoResNet.r2plus1d18(numClasses: $0.numClasses)
    },
  ]

  /// A model with weights for Kinetics-400, made from clips of 16 frames.
  private static func video(
    _ name: String, file: String, _ build: @escaping @Sendable (ZooModel.Options) -> VideoResNet
  ) -> ZooModel {
    ZooModel(
      name, weights: PublishedWeights(file, preset: .kinetics400), numClasses: 400, build)
  }
}

extension InputPreset {
  static let kinetics400 = InputPreset(
    resize: .exactly(height: 128, width: 171), crop: 112, mean: [0.43216, 0.394666, 0.37645],
    std: [0.22803, 0.22145, 0.216989])
}
