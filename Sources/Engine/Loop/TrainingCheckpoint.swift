import DetectionModels

/// Where a training is among its evaluations.
struct TrainingProgress: Equatable {
  /// How many steps were made by the last evaluation.
  var evaluatedSteps = 0
  var best: Double?
  /// The steps after which AP was best.
  var bestSteps = 0
  var sinceBest = 0
}

/// The checkpoint beside the weights of a training.
struct TrainingCheckpoint {
  let path: String
  /// What a training that continues must have in common with the one that was cut.
  private let settings: [(setting: CheckpointMismatch.Setting, value: String)]
  /// How many there are. Where that changes, only their order does.
  private let pictures: Int

  init(_ settings: TrainingSettings, save: String, notes: WeightsNotes, pictures: Int) {
    path = TrainingSettings.checkpointPath(of: save)
    self.pictures = pictures
    let metadata = notes.metadata
    let own: [CheckpointMismatch.Setting] = [.model, .minSize, .maxSize, .categories]
    self.settings =
      own.map { ($0, metadata[$0.rawValue] ?? "") }
      + [(.batchSize, String(settings.batchSize)), (.seed, String(settings.seed))]
  }

  /// Writes a training; the old checkpoint stays until the new one is whole.
  func write(_ training: Training<some Detector>, _ progress: TrainingProgress) throws {
    var notes = Dictionary(settings.map { ($0.setting.rawValue, $0.value) }) { first, _ in first }
    notes["pictures"] = String(pictures)
    notes["evaluated_steps"] = String(progress.evaluatedSteps)
    notes["best"] = progress.best.map { String($0) }
    notes["best_steps"] = String(progress.bestSteps)
    notes["since_best"] = String(progress.sinceBest)
    try Checkpoint.write(training, notes: notes, to: path)
  }

  /// Puts the training where the written one stood.
  ///
  /// - Throws: `CheckpointMismatch` where the settings are others, `StateError` for a file that does
  ///   not fit.
  func restore<Model: Detector>(
    _ training: inout Training<Model>, report: (TrainingEvent) -> Void
  ) throws -> TrainingProgress {
    let checkpoint = try Checkpoint(contentsOf: path)
    let notes = checkpoint.notes
    for (setting, value) in settings where notes[setting.rawValue] != value {
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

/// A checkpoint of a training with another setting than is asked for.
public struct CheckpointMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  /// What decides the bits that a training reaches, by its key in the file.
  public enum Setting: String, Sendable {
    case model = "copra.model"
    case minSize = "copra.min_size"
    case maxSize = "copra.max_size"
    case categories = "copra.categories"
    case batchSize = "batch_size"
    case seed
  }

  public let path: String
  public let setting: Setting
  public let expected: String
  /// Nil where the file does not say.
  public let found: String?

  public var description: String { description(of: setting.rawValue) }

  /// Returns the description with another name for the setting.
  public func description(of name: String) -> String {
    "\(path): expected a training with \(name) \(expected), as is asked for, found one with "
      + (found ?? "none")
  }
}
