import Console
import DetectionModels
import Engine

/// The checkpoint beside the weights that `--save` names.
struct TrainingCheckpoint {
  let path: String
  /// What a training that goes on must have in common with the one that was cut; `words` call it
  /// as the user does.
  private let settings: [(key: String, words: String, value: String)]
  /// How many there are. Where that changes, only their order does.
  private let pictures: Int

  /// Where a training is among its evaluations.
  struct Progress: Equatable {
    /// How many steps were made by the last evaluation.
    var evaluatedSteps = 0
    var best: Double?
    /// The steps after which AP was best.
    var bestSteps = 0
    var sinceBest = 0
  }

  init(_ command: TrainCommand, save: String, notes: WeightsNotes, pictures: Int) {
    path = TrainCommand.checkpointPath(of: save)
    self.pictures = pictures
    let metadata = notes.metadata
    let words = [
      ("copra.model", "--model"), ("copra.min_size", "--min-size"),
      ("copra.max_size", "--max-size"), ("copra.categories", "the categories"),
    ]
    settings =
      words.map { ($0.0, $0.1, metadata[$0.0] ?? "") }
      + [
        ("batch_size", "--batch-size", String(command.batchSize)),
        ("seed", "--seed", String(command.model.seed)),
      ]
  }

  /// Writes a training; the old checkpoint stays until the new one is whole.
  func write(_ training: Training<some Detector>, _ progress: Progress) throws {
    var notes = Dictionary(settings.map { ($0.key, $0.value) }) { first, _ in first }
    notes["pictures"] = String(pictures)
    notes["evaluated_steps"] = String(progress.evaluatedSteps)
    notes["best"] = progress.best.map { String($0) }
    notes["best_steps"] = String(progress.bestSteps)
    notes["since_best"] = String(progress.sinceBest)
    try Checkpoint.write(training, notes: notes, to: path)
  }

  /// Puts the training where the written one stood.
  ///
  /// - Throws: a `CommandFailure` where the settings are others, `StateError` for a file that does
  ///   not fit.
  func restore<Model: Detector>(_ training: inout Training<Model>) throws -> Progress {
    let checkpoint = try Checkpoint(contentsOf: path)
    let notes = checkpoint.notes
    for setting in settings where notes[setting.key] != setting.value {
      throw CommandFailure(
        "\(path): expected a training with \(setting.words) \(setting.value), as is asked for, "
          + "found one with \(notes[setting.key] ?? "none")")
    }
    try checkpoint.restore(&training)
    if let count = notes["pictures"], count != String(pictures) {
      Terminal.message(
        "\(path) is of a training on \(count) pictures; it goes on with \(pictures), in another "
          + "order")
    }
    let number = { (key: String) in notes[key].flatMap { Int($0) } ?? 0 }
    return Progress(
      evaluatedSteps: number("evaluated_steps"), best: notes["best"].flatMap { Double($0) },
      bestSteps: number("best_steps"), sinceBest: number("since_best"))
  }
}
