import COCO

/// How long a smoke training runs, and towards what.
public struct SmokeOptions: Sendable, Equatable {
  /// How many pictures are learnt.
  public var images = 8
  public var batchSize = 2
  /// The AP50 on those very pictures at which training ends, as they are learnt.
  public var target = 0.95
  /// The AP50 that counts as learnt when the budget ends: of crowded pictures the last objects take
  /// the longest.
  public var leastScore = 0.8
  /// What all may take from `start` on, evaluations included.
  public var budget: Duration = .seconds(120)
  /// From when on the budget counts; the beginning of the training if not given.
  public var start: ContinuousClock.Instant?
  /// The most steps; nil for as many as the budget allows.
  public var steps: Int?
  /// How many steps lie between two evaluations at least.
  public var stepsBetweenEvaluations = 20
  public var seed: UInt64 = 0
  public var training: TrainingOptions

  public init() {
    training = TrainingOptions()
    training.optimizer = .adamw
    training.learningRate = 3e-4
    training.weightDecay = 0
    training.milestones = []
    training.greatestGradientNorm = 10
  }

  /// How many pictures are learnt where nobody says: more would only be evaluated beyond a short budget.
  public static func images(within budget: Duration) -> Int {
    max(1, min(SmokeOptions().images, Int(budget / .seconds(2))))
  }

  /// How many pictures are looked at before the training: five for each second of the budget, of
  /// which that must take a small part.
  public var picturesLookedAt: Int {
    max(1, min(Int(budget / .seconds(1) * 5), AppearanceCheck.mostPictures))
  }

  /// What the rate is multiplied with after so many steps and so much time.
  func rateFactor(steps: Int, after elapsed: Duration) -> Double {
    let done = max(elapsed / budget, Double(steps) / Double(self.steps ?? .max))
    return done.isFinite ? Self.rateFactor(after: done) : 1
  }

  /// Returns what the rate is multiplied with after a share of a training: 1 for the first half, then
  /// falling to a tenth, as the last objects are learnt by small steps.
  static func rateFactor(after share: Double) -> Double {
    1 - 0.9 * min(max(2 * share - 1, 0), 1)
  }
}

/// How large a smoke training makes its pictures.
public enum SmokeInput {
  private static let sides = [256, 320, 384, 448, 512]
  /// Pixels of a box' side, the root of its area, that a feature map can tell apart from others.
  private static let leastSide = 16.0

  /// The smallest of some sizes at which nine of ten objects have a side that can be told apart.
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

  /// The sides of all boxes that can be learnt, with their pictures' sizes.
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
