public import Torch

/// The settings of a training and the files that it writes.
public struct TrainingSettings: Sendable {
  /// The options of the training.
  public var options = TrainingOptions()
  /// The number of times that all images are trained on.
  public var epochs = 26
  /// The most steps in all; nil for as many as the epochs take.
  public var steps: Int?
  /// The number of images that each process learns in a batch.
  public var batchSize = 2
  /// The changes to images before they are learnt.
  public var augmentation = AugmentationPreset.hflip
  /// The size that the detector resizes images to, by which the augmentation chooses its own.
  public var input = InputSize()
  /// The seed of the order and the augmentation of images.
  public var seed: UInt64 = 0
  /// The number of evaluations in a row without a better AP after which training ends; nil for no
  /// limit.
  public var patience: Int?
  /// The file for the weights, beside which the checkpoint is written; nil keeps nothing.
  public var save: String?
  /// Whether the training continues from that checkpoint.
  public var resumes = false
  /// The processes that train together; nil for a single process.
  public var processes: ProcessGroup?
  /// The file for the log, a JSON object on each line; nil for none.
  public var log: String?
  /// The file for the curves of loss and AP50 as SVG; nil for none.
  public var plot: String?

  /// Creates the default settings.
  public init() {}

  /// Returns the path of the checkpoint of a training whose weights are written to `save`.
  public static func checkpointPath(of save: String) -> String { save + ".checkpoint" }

  /// Returns the number of steps in all, unless patience ends the training before.
  func totalSteps(perEpoch: Int) -> Int {
    let (all, overflows) = epochs.multipliedReportingOverflow(by: perEpoch)
    return min(overflows ? .max : all, steps ?? .max)
  }

  /// The number of images that all processes together learn in a batch.
  var wholeBatchSize: Int {
    let (size, overflows) = batchSize.multipliedReportingOverflow(by: processes?.count ?? 1)
    return overflows ? .max : size
  }

  /// Returns the loader of the images of each epoch.
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
