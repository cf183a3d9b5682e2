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
