public import COCO
public import DetectionModels
import Files
import Torch

/// A training of a detector on a few images until it knows them by heart, or until the budget ends.
/// If a model cannot learn them by heart, the data or the pipeline is wrong. Since wrong boxes can
/// be learnt by heart too, the set counts as learnt only if `AppearanceCheck` has found that it
/// fits the images.
///
/// AdamW (Loshchilov and Hutter, 2019), a mean of the weights over the last steps, and batch norm
/// by the statistics of the images themselves make few steps suffice.
public struct SmokeTraining: Sendable {
  /// An event that a smoke training reports while it runs.
  public enum Event: Sendable {
    case step(TrainingStep)
    /// The scores after a number of steps, 0 … 1.
    case evaluation(steps: Int, ap50: Double, ap: Double)
  }

  /// The images that are learnt, held in memory.
  public let samples: DetectionSamples
  /// The options of the smoke training.
  public var options: SmokeOptions
  /// The findings about chosen images that could not be read; others were chosen in their place.
  public let leftOut: [Finding]
  /// The known findings about the set, which does not count as learnt if errors are among them.
  public var findings: [Finding] = []
  /// The report on whether boxes and categories fit the images; nil if they were not examined.
  public var appearance: AppearanceReport?
  /// Returns, after each step, whether training is to end before the budget does.
  public var isEndingAsked: @Sendable () -> Bool = { false }
  private let whole: DetectionSamples
  /// The share of the time that evaluations may take.
  private static let mostEvaluating = 0.1

  /// Chooses and decodes the images to learn.
  ///
  /// - Parameters:
  ///   - samples: All samples, among which `SmokeSelection` chooses.
  ///   - options: The number of images, the budget and the training's options.
  public init(_ samples: DetectionSamples, options: SmokeOptions = SmokeOptions()) {
    let pictures = SmokePictures(of: samples, count: options.images)
    whole = samples
    self.samples = pictures.samples
    leftOut = pictures.leftOut
    self.options = options
  }

  /// Trains and judges; the model is trained in place.
  public nonisolated(nonsending) func run(
    _ model: some Detector, report: (Event) -> Void = { _ in }
  ) async throws -> SmokeVerdict {
    var time = SmokeTime(options, pictures: samples.count)
    var record = SmokeRecord(samples: samples, options: options)
    guard samples.count > 0 else {
      return SmokeVerdict(.notLearnt, reasons: ["no image with a box that can be learnt"])
    }
    record.doubts = doubts
    record.appearance = appearance
    var training = Training(model, options: options.training)
    var average = WeightAverage(of: training.optimizer.parameters)
    var gradients = GradientWatch(model)
    let loader = loader
    func isToEnd() -> Bool {
      time.isOver || record.steps >= options.steps ?? .max || isEndingAsked()
    }
    while true {
      training.rateFactor = options.rateFactor(steps: record.steps, after: time.elapsed)
      do {
        _ = try training.trainOneEpoch(loader) { step in
          average.add()
          gradients.look()
          record.add(step)
          time.add(step)
          report(.step(step))
          return !isToEnd()
        }
      } catch let error as NonFiniteLossError {
        record.fault = error.findings
      }
      let isOver = isToEnd() || !record.fault.isEmpty
      guard isOver || time.evaluating <= time.elapsed * Self.mostEvaluating else { continue }
      let own = average.swapIn()
      let scores: DetectorScores = try await time.evaluate { try await self.scores(of: model) }
      record.add(scores, after: time.elapsed)
      report(.evaluation(steps: record.steps, ap50: scores.ap50, ap: scores.ap))
      // There may be no time left for a step and another evaluation.
      if record.ap50 >= options.target || isOver || isToEnd() {
        record.deadParameters = gradients.findings
        return record.verdict()
      }
      average.restore(own)
    }
  }

  /// Times steps in fp32 and in bf16; returns nil if none can be made, or not within a quarter of
  /// the budget.
  public func precisionTrial(of model: some Detector) -> PrecisionTrial? {
    PrecisionTrial(
      model, options: options.training, on: samples, batchSize: options.batchSize,
      limit: options.budget / 4)
  }

  /// Returns the findings against the set that hold whatever a model learns of it.
  private var doubts: [String] {
    let errors = findings.filter { $0.severity == .error }.reduce(into: [:] as [String: Int]) {
      $0[$1.rule, default: 0] += 1
    }
    let counts = errors.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
    let faults =
      counts.isEmpty ? [] : ["a model cannot learn all: \(counts.joined(separator: ", "))"]
    return faults + SmokeCategories(whole).doubts + (appearance?.reasons ?? [])
  }

  private nonisolated(nonsending) func scores(
    of model: some Detector
  ) async throws -> DetectorScores {
    BatchNormStatistics.recompute(of: model, over: everyPicture)
    return try await DetectorEvaluation(samples, threads: 1).evaluate(model)
  }

  /// Returns a loader of every image once.
  private var everyPicture: BatchStream {
    let plan = BatchPlan(batchSize: options.batchSize, shuffles: false, seed: options.seed)
    return Loader(samples, plan: plan, threads: 1).batches(epoch: 0)
  }

  /// Returns a loader of the images repeated: one epoch lasts from one evaluation to the next.
  private var loader: Loader {
    let order = (0..<(options.stepsBetweenEvaluations * options.batchSize))
    var generator = SeededGenerator(seed: options.seed)
    var positions: [Int] = []
    while positions.count < order.count {
      positions += (0..<samples.count).shuffled(using: &generator)
    }
    return Loader(
      samples.subset(Array(positions.prefix(order.count))),
      plan: BatchPlan(batchSize: options.batchSize, shuffles: false, seed: options.seed),
      threads: 1)
  }
}
