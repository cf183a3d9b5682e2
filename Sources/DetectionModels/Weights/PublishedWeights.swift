/// A file of weights that torchvision publishes, and the input that they were made for.
public struct PublishedWeights: Sendable, Equatable {
  /// The file's name, which ends in the first digits of its SHA-256: `resnet50-11ad3fa6.pth`.
  public let file: String
  public let preset: InputPreset

  init(_ file: String, preset: InputPreset) {
    self.file = file
    self.preset = preset
  }

  /// Weights for ImageNet.
  ///
  /// - Parameter resize: the shorter side before the middle is cut out.
  init(_ file: String, resize: Int = 256) {
    self.init(file, preset: .imageNet(resize: resize))
  }
}

/// How images become a model's input: resized with bilinear interpolation, the middle cut out,
/// numbers from 0 to 1, and then (x − mean) / std channel by channel.
public struct InputPreset: Sendable, Equatable {
  public enum Resize: Sendable, Equatable {
    /// Height and width keep their ratio.
    case shorterSide(Int)
    case exactly(height: Int, width: Int)
  }

  public let resize: Resize
  /// Height and width of the middle that is cut out.
  public let crop: Int
  /// Red, green, blue.
  public let mean: [Double]
  /// Red, green, blue.
  public let std: [Double]

  /// Whether it is made for clips, [N, 3, T, H, W], and not for images: torchvision's video models
  /// alone are given frames of one size before the cut.
  public var isOfClips: Bool {
    if case .exactly = resize { return true }
    return false
  }

  static func imageNet(resize: Int) -> InputPreset {
    InputPreset(
      resize: .shorterSide(resize), crop: 224, mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225])
  }
}
