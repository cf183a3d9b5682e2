/// A file of weights that torchvision publishes, and the input that they were trained for.
public struct PublishedWeights: Sendable, Equatable {
  /// The name of the file, which ends with the first digits of its SHA-256:
  /// `resnet50-11ad3fa6.pth`.
  public let file: String
  /// The preparation of the input.
  public let preset: InputPreset

  init(_ file: String, preset: InputPreset) {
    self.file = file
    self.preset = preset
  }

  /// Creates weights for ImageNet.
  ///
  /// - Parameters:
  ///   - file: The name of the file.
  ///   - resize: The length of the shorter side before the crop.
  init(_ file: String, resize: Int = 256) {
    self.init(file, preset: .imageNet(resize: resize))
  }
}

/// The preparation of a model's input from images.
///
/// Images are resized with bilinear interpolation, cropped to the centre, scaled to 0 … 1, and
/// normalised by (x − mean) / std channel by channel.
public struct InputPreset: Sendable, Equatable {
  /// The size of images before the crop.
  public enum Resize: Sendable, Equatable {
    /// The length of the shorter side in pixels; the aspect ratio is kept.
    case shorterSide(Int)
    /// The height and width in pixels.
    case exactly(height: Int, width: Int)
  }

  /// The size of images before the crop.
  public let resize: Resize
  /// The height and width of the crop at the centre, in pixels.
  public let crop: Int
  /// The mean of red, green and blue.
  public let mean: [Double]
  /// The standard deviation of red, green and blue.
  public let std: [Double]

  /// A Boolean value that is true if the input is clips, [N, 3, T, H, W], instead of images: only
  /// torchvision's video models resize frames to one size before the crop.
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
