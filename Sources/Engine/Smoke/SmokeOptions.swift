import COCO

/// The duration and the goal of a smoke training.
public struct SmokeOptions: Sendable, Equatable {
  /// The number of images that are learnt.
  public var images = 8
  /// The number of images in a batch.
  public var batchSize = 2
  /// The AP50 on the learnt images themselves at which training ends, 0 … 1.
  public var target = 0.95
  /// The AP50 that counts as learnt when the budget ends, 0 … 1: the last objects of crowded images
  /// take the longest.
  public var leastScore = 0.8
  /// The time from `start` on for everything, evaluations included.
  public var budget: Duration = .seconds(120)
  /// The instant from which the budget counts; the beginning of the training if nil.
  public var start: ContinuousClock.Instant?
  /// The most steps; nil for as many as the budget allows.
  public var steps: Int?
  /// The least number of steps between two evaluations.
  public var stepsBetweenEvaluations = 20
  /// The seed of the training.
  public var seed: UInt64 = 0
  /// The options of the training, by default AdamW at a rate of 3e-4.
  public var training: TrainingOptions

  /// Creates the default options.
  public init() {
    training = TrainingOptions()
    training.optimizer = .adamw
    training.learningRate = 3e-4
    training.weightDecay = 0
    training.milestones = []
    training.greatestGradientNorm = 10
  }

  /// Returns the default number of images: one for every two seconds of the budget, from 1 to 8.
  /// More would only be evaluated beyond a short budget.
  public static func images(within budget: Duration) -> Int {
    max(1, min(SmokeOptions().images, Int(budget / .seconds(2))))
  }

  /// The number of images examined before the training: five for each second of the budget, so that
  /// this takes a small part of it.
  public var picturesLookedAt: Int {
    max(1, min(Int(budget / .seconds(1) * 5), AppearanceCheck.mostPictures))
  }

  /// Returns the factor of the rate after a number of steps and a time.
  func rateFactor(steps: Int, after elapsed: Duration) -> Double {
    let done = max(elapsed / budget, Double(steps) / Double(self.steps ?? .max))
    return done.isFinite ? Self.rateFactor(after: done) : 1
  }

  /// Returns the factor of the rate after a share of a training: 1 for the first half, then falling
  /// to a tenth, since the last objects are learnt by small steps.
  static func rateFactor(after share: Double) -> Double {
    1 - 0.9 * min(max(2 * share - 1, 0), 1)
  }
}

/// The size of the images in a smoke training.
public enum SmokeInput {
  private static let sides = [256, 320, 384, 448, 512]
  /// The shortest side of a box, the root of its area in pixels, that a feature map can resolve.
  private static let leastSide = 16.0

  /// Returns the smallest of some sizes at which nine of ten objects have a side that can be
  /// resolved.
  public static func size(for samples: DetectionSamples) -> InputSize {
    let sizes = sides.map { InputSize(minSize: $0, maxSize: $0 * 5 / 3) }
    let objects = objects(of: samples)
    for size in sizes {
      let small = objects.count { object in
        let scaled = size.resized(width: object.width, height: object.height)
        return object.side * Double(scaled.width) / Double(object.width) < leastSide
      }
      if small * 10 <= objects.count { return size }
    }
    return sizes[sizes.count - 1]
  }

  /// Returns the sides of all learnable boxes, with their images' sizes.
  private static func objects(
    of samples: DetectionSamples
  ) -> [(side: Double, width: Int, height: Int)] {
    (0..<samples.count).flatMap { position -> [(side: Double, width: Int, height: Int)] in
      let image = samples.image(at: position)
      guard image.width > 0, image.height > 0 else { return [] }
      return samples.learnable(at: position).map { object in
        (object.box.area.squareRoot(), image.width, image.height)
      }
    }
  }
}
