import COCO
import DetectionModels

/// The checkpoint beside the weights of a training.
struct TrainingCheckpoint {
  let path: String
  /// The settings that a training must share with the interrupted one to continue it.
  private let settings: [(setting: CheckpointMismatch.Setting, value: String)]
  /// The number of images. If it changes, only their order does.
  private let pictures: Int

  init(_ settings: TrainingSettings, save: String, notes: WeightsNotes, pictures: Int) {
    path = TrainingSettings.checkpointPath(of: save)
    self.pictures = pictures
    let metadata = notes.metadata
    let own: [CheckpointMismatch.Setting] = [.model, .minSize, .maxSize, .categories]
    self.settings =
      own.map { ($0, metadata[$0.rawValue] ?? "") }
      + [(.batchSize, String(settings.wholeBatchSize)), (.seed, String(settings.seed))]
      + [(.augmentation, settings.augmentation.rawValue)] + settings.options.decisive
  }

  /// Writes a training; the old checkpoint stays until the new one is complete.
  func write(_ training: Training<some Detector>, _ progress: TrainingProgress) throws {
    var notes = Dictionary(settings.map { ($0.setting.rawValue, $0.value) }) { first, _ in first }
    notes["pictures"] = String(pictures)
    notes["evaluated_steps"] = String(progress.evaluatedSteps)
    notes["best"] = progress.best.map { String($0) }
    notes["best_steps"] = String(progress.bestSteps)
    notes["since_best"] = String(progress.sinceBest)
    try Checkpoint.write(training, notes: notes, to: path)
  }

  /// Restores the training to the state of the written one.
  ///
  /// - Throws: `CheckpointMismatch` if the settings differ, `StateError` for a file that does not
  ///   fit.
  func restore<Model: Detector>(
    _ training: inout Training<Model>, report: (TrainingEvent) -> Void
  ) throws -> TrainingProgress {
    let checkpoint = try Checkpoint(contentsOf: path)
    let notes = checkpoint.notes
    for (setting, value) in settings where notes[setting.rawValue] != value {
      if setting.isRecent, notes[setting.rawValue] == nil { continue }
      throw CheckpointMismatch(
        path: path, setting: setting, expected: value, found: notes[setting.rawValue])
    }
    try checkpoint.restore(&training)
    if let count = notes["pictures"], count != String(pictures) {
      report(.picturesChanged(checkpoint: path, from: count, to: pictures))
    }
    let number = { (key: String) in notes[key].flatMap { Int($0) } ?? 0 }
    return TrainingProgress(
      evaluatedSteps: number("evaluated_steps"), best: notes["best"].flatMap { Double($0) },
      bestSteps: number("best_steps"), sinceBest: number("since_best"))
  }
}

extension TrainingOptions {
  /// The settings that decide the bits that a training reaches, as a checkpoint holds them.
  fileprivate var decisive: [(setting: CheckpointMismatch.Setting, value: String)] {
    var settings: [(setting: CheckpointMismatch.Setting, value: String)] = [
      (.accumulate, String(accumulatedBatches)), (.optimizer, optimizer.rawValue),
      (.learningRate, learningRate.shortest), (.weightDecay, weightDecay.shortest),
      (.schedule, schedule.rawValue), (.precision, usesBFloat16 ? "bf16" : "fp32"),
    ]
    if optimizer == .sgd { settings.append((.momentum, momentum.shortest)) }
    switch schedule {
    case .step:
      let epochs = milestones.map { String($0) }.joined(separator: ",")
      settings.append((.milestones, epochs.isEmpty ? "none" : epochs))
    case .cosine: settings.append((.cosineSteps, cosineSteps.map { String($0) } ?? "none"))
    case .constant: break
    }
    return settings
  }
}

/// The settings of a checkpoint's training that were measured, not chosen by the user, and that
/// must not be measured again when the training continues.
public struct MeasuredSettings: Sendable, Equatable {
  /// The number of images in a batch of all processes; nil if the file does not give it.
  public let batchSize: Int?
  /// Whether the training used bf16; nil if the file does not record it.
  public let usesBFloat16: Bool?

  /// Reads the settings from the checkpoint at `path`.
  ///
  /// - Throws: `StateError` for a file that is no checkpoint or is damaged.
  public init(checkpoint path: String) throws {
    let notes = try Checkpoint(contentsOf: path).notes
    batchSize = notes[CheckpointMismatch.Setting.batchSize.rawValue].flatMap { Int($0) }
    usesBFloat16 = notes[CheckpointMismatch.Setting.precision.rawValue].map { $0 == "bf16" }
  }
}

/// A checkpoint of a training with another setting than the requested one.
public struct CheckpointMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  /// A setting that decides the bits that a training reaches, by its key in the file.
  public enum Setting: String, Sendable {
    case model = "copra.model"
    case minSize = "copra.min_size"
    case maxSize = "copra.max_size"
    case categories = "copra.categories"
    case batchSize = "batch_size"
    case seed
    case augmentation
    case accumulate
    case optimizer
    case learningRate = "learning_rate"
    case momentum
    case weightDecay = "weight_decay"
    case schedule
    case milestones
    case cosineSteps = "cosine_steps"
    case precision

    /// Whether older checkpoints lack the setting, which is then not compared.
    var isRecent: Bool {
      switch self {
      case .model, .minSize, .maxSize, .categories, .batchSize, .seed: false
      default: true
      }
    }
  }

  /// The path of the checkpoint.
  public let path: String
  /// The setting that differs.
  public let setting: Setting
  /// The requested value.
  public let expected: String
  /// The value in the file; nil if the file does not give it.
  public let found: String?

  /// The mismatch as a message, with the setting's key.
  public var description: String { description(of: setting.rawValue) }

  /// Returns the message with another name for the setting.
  public func description(of name: String) -> String {
    "\(path): expected a training with \(name) \(expected), as requested, found one with "
      + (found ?? "none")
  }
}
