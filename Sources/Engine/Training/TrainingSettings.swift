public import Torch

/// What a training does and where it writes.
public struct TrainingSettings: Sendable {
  public var options = TrainingOptions()
  /// How many times all pictures are trained on.
  public var epochs = 26
  /// The most steps in all; nil for as many as the epochs take.
  public var steps: Int?
  /// How many pictures each process learns in a batch.
  public var batchSize = 2
  /// How pictures are changed before they are learnt.
  public var augmentation = AugmentationPreset.hflip
  /// The size that the detector resizes pictures to, by which the augmentation chooses its own.
  public var input = InputSize()
  /// What decides the order and the augmentation of pictures.
  public var seed: UInt64 = 0
  /// How many evaluations in a row may bring no better AP; nil for any number.
  public var patience: Int?
  /// The file for the weights, beside which the checkpoint stands; nil keeps nothing.
  public var save: String?
  /// Whether the training continues from that checkpoint.
  public var resumes = false
  /// The processes that train together; nil where this one is alone.
  public var processes: ProcessGroup?
  /// The file for a JSON object a step.
  public var log: String?
  /// The file for the curves of loss and AP50, in SVG.
  public var plot: String?

  public init() {}

  /// The path of the checkpoint of a training whose weights go to `save`.
  public static func checkpointPath(of save: String) -> String { save + ".checkpoint" }

  /// The number of steps in all, unless patience ends the training before.
  func totalSteps(perEpoch: Int) -> Int {
    let (all, overflows) = epochs.multipliedReportingOverflow(by: perEpoch)
    return min(overflows ? .max : all, steps ?? .max)
  }

  /// How many pictures all processes together learn in a batch.
  var wholeBatchSize: Int {
    let (size, overflows) = batchSize.multipliedReportingOverflow(by: processes?.count ?? 1)
    return overflows ? .max : size
  }

  /// Returns what hands out the pictures of each epoch.
  func loader(of samples: DetectionSamples) -> Loader {
    var plan = BatchPlan(
      batchSize: min(wholeBatchSize, samples.count), groups: AspectRatioGroups.groups(of: samples),
      seed: seed)
    plan.share = processes?.share
    return Loader(
      samples, plan: plan, augmentation: augmentation.augmentation(for: input),
      threads: Runtime.threads)
  }
}
