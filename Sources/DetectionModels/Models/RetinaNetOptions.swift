/// What may be chosen of a RetinaNet but its parts; torchvision's defaults.
public struct RetinaNetOptions: Sendable, Codable, Hashable {
  public var transform = TransformOptions()
  /// Detections have a greater score.
  public var scoreThreshold = 0.05
  /// Of two detections of one class that overlap more, the less certain one goes.
  public var nmsThreshold = 0.5
  public var detectionsPerImage = 300
  /// The overlap from which on an anchor is an object.
  public var foregroundIoUThreshold = 0.5
  /// The overlap below which an anchor is background.
  public var backgroundIoUThreshold = 0.4
  /// Detections of each feature map that are looked at, the most certain ones.
  public var topKCandidates = 1000

  public init() {}

  init(transform: TransformOptions) {
    self.transform = transform
  }
}
