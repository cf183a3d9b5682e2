public import ArgumentParser
import Console
public import Engine

/// How a detector is trained: how large the steps are, and how pictures are changed.
struct OptimisationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The number of images in a batch; auto for as many as memory allows.", valueName: "number"))
  var batchSize = BatchSize.pictures(TrainingSettings().batchSize)

  @Option(
    help: ArgumentHelp(
      "The number of batches whose gradients are added up for one step.", valueName: "number"))
  var accumulate = 1

  @Option(help: ArgumentHelp("The optimiser that updates the weights.", valueName: "name"))
  var optimizer = OptimizerChoice.sgd

  @Option(
    help: ArgumentHelp(
      "The rate after the warm-up; if not given, \(Self.rates), with --smoke 0.0003.",
      valueName: "rate"))
  var learningRate: Double?

  @Option(help: ArgumentHelp("The momentum of SGD.", valueName: "share"))
  var momentum = TrainingOptions().momentum

  @Option(
    help: ArgumentHelp(
      "The share of each weight that decays per step, times the rate.", valueName: "share"))
  var weightDecay: Double?

  @Option(
    help: ArgumentHelp(
      """
      How the rate falls: step, to a tenth at each milestone; cosine, to 0 at the last step; \
      constant, not at all.
      """, valueName: "name"))
  var schedule = ScheduleChoice.step

  @Option(
    name: [.customLong("milestones"), .customLong("lr-steps")],
    help: ArgumentHelp(
      "The epochs after which the rate of --schedule step falls.", valueName: "16,22"))
  var milestones: Milestones?

  @Option(
    help: ArgumentHelp(
      """
      How images are augmented, by torchvision's presets: hflip mirrors, lsj jitters the scale, \
      multiscale draws the size, ssd and ssdlite crop, copypaste is lsj with objects pasted from \
      image to image.
      """, valueName: "name"))
  var augmentation = AugmentationPreset.hflip

  private static let rates = "0.0025 for sgd, 0.0001 for adamw"

  func validate() throws {
    try CountOptions.check(("--accumulate", accumulate))
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate takes a number above 0, found \(learningRate)")
    }
    for (name, value) in [("--momentum", momentum), ("--weight-decay", weightDecay ?? 0)] {
      guard value >= 0, value < 1 else {
        throw ValidationError("\(name) takes a number from 0 to below 1, found \(value)")
      }
    }
    if milestones != nil, schedule != .step {
      throw ValidationError("--milestones belongs to --schedule step, found \(schedule.rawValue)")
    }
  }

  /// The options of a training; the batch size is settled where the model is known.
  var training: TrainingOptions {
    var options = TrainingOptions()
    options.optimizer = optimizer
    options.learningRate = learningRate ?? optimizer.learningRate
    options.momentum = momentum
    options.weightDecay = weightDecay ?? options.weightDecay
    options.schedule = schedule
    options.milestones = milestones?.epochs ?? options.milestones
    options.accumulatedBatches = accumulate
    return options
  }

  /// The names of options that a smoke training, which has its own ways, does not take.
  var unfitForSmoke: [String] {
    [
      accumulate != 1 ? "--accumulate" : nil, optimizer != .sgd ? "--optimizer" : nil,
      schedule != .step ? "--schedule" : nil, milestones != nil ? "--milestones" : nil,
      augmentation != .hflip ? "--augmentation" : nil,
      weightDecay != nil ? "--weight-decay" : nil,
    ].compactMap { $0 }
  }
}

/// How many pictures a batch takes.
enum BatchSize: ExpressibleByArgument, Equatable {
  case pictures(Int)
  /// As many as memory allows.
  case auto

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else {
      guard let count = Int(argument), count > 0 else { return nil }
      self = .pictures(count)
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .pictures(let count): String(count)
    case .auto: "auto"
    }
  }
}

/// Epochs such as `16,22`.
struct Milestones: ExpressibleByArgument, Equatable {
  let epochs: [Int]

  init?(argument: String) {
    let words = argument.split(separator: ",", omittingEmptySubsequences: false)
    let epochs = words.compactMap { Int($0) }
    guard epochs.count == words.count, epochs.allSatisfy({ $0 > 0 }) else { return nil }
    self.epochs = epochs.sorted()
  }
}

extension OptimizerChoice: ExpressibleByArgument {}
extension ScheduleChoice: ExpressibleByArgument {}
extension AugmentationPreset: ExpressibleByArgument {}
