/// How pictures are brought to the form that a detector takes; torchvision's defaults. Coded by
/// the names of torchvision's arguments.
public struct TransformOptions: Sendable, Codable, Hashable {
  /// What the shorter side becomes unless the longer one forbids it. Training draws one of them
  /// for each picture, inference takes the last.
  public var minSize: [Int]
  /// What the longer side may become at most.
  public var maxSize: Int
  /// Of each channel, taken off.
  public var imageMean: [Double] = [0.485, 0.456, 0.406]
  /// Of each channel, divided by.
  public var imageStandardDeviation: [Double] = [0.229, 0.224, 0.225]
  /// Height and width of a batch are multiples of it.
  public var sizeDivisible = 32

  public init(minSize: [Int] = [800], maxSize: Int = 1333) {
    self.minSize = minSize
    self.maxSize = maxSize
  }

  private enum CodingKeys: String, CodingKey {
    case minSize = "min_size"
    case maxSize = "max_size"
    case imageMean = "image_mean"
    case imageStandardDeviation = "image_std"
    case sizeDivisible = "size_divisible"
  }
}
