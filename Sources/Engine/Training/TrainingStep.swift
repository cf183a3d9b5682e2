/// What one step of training was like.
public struct TrainingStep: Sendable, Equatable {
  /// From 0.
  public var epoch: Int
  /// In its epoch, from 0.
  public var step: Int
  public var stepsInEpoch: Int
  public var learningRate: Double
  /// The losses by torchvision's names, in its order.
  public var losses: [NamedLoss]
  public var images: Int
  /// Of all gradients before they were clipped; nil where they are not clipped.
  public var gradientNorm: Double?
  /// How long the step waited for its pictures.
  public var waiting: Duration
  /// How long it took in all.
  public var duration: Duration

  /// The plain sum, which training brings down.
  public var loss: Double { losses.reduce(0) { $0 + $1.value } }
}

/// One of a detector's losses.
public struct NamedLoss: Sendable, Equatable {
  public var name: String
  public var value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
