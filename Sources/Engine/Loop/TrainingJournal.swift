public import COCO
import DetectionMetrics
public import Files

/// A journal that keeps the log of a training in JSON and draws its curves.
///
/// The log is written step by step, so that it can be followed and outlives the program. A training
/// that continues keeps the lines up to its checkpoint, and the curves begin with the log.
public final class TrainingJournal {
  private let log: AppendedFile?
  private let plot: String?
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var chart = TrainingChart()
  private var steps = 0
  private var waiting = Duration.zero
  private var stepping = Duration.zero
  private let report: (TrainingEvent) -> Void

  /// Begins a journal.
  ///
  /// - Parameters:
  ///   - path: The file for the log; nil for none.
  ///   - plot: The file for the curves at the end; nil for none.
  ///   - report: Receives each entry.
  /// - Throws: A `FileError` if the log cannot be written.
  public convenience init(
    log path: String?, plot: String?, report: @escaping (TrainingEvent) -> Void
  ) throws(FileError) {
    try self.init(log: path, plot: plot, continuing: nil, report: report)
  }

  /// Begins a journal, or continues that of a training that was cut.
  init(
    log path: String?, plot: String?, continuing past: TrainingLog.Past?,
    report: @escaping (TrainingEvent) -> Void
  ) throws(FileError) {
    self.plot = plot
    self.report = report
    start = clock.now
    guard let path else {
      log = nil
      return
    }
    var lines: [UInt8] = []
    if let past, FileStatus(path) != nil {
      let written = try TrainingLog(path)
      lines = written.lines(until: past)
      chart = written.chart(until: past)
    }
    log = try AppendedFile(path, keeping: lines)
  }

  /// Adds a step.
  ///
  /// - Parameters:
  ///   - step: The step to record.
  ///   - left: The estimated time of the remaining steps; nil if it is not known.
  ///   - refused: The error of an earlier write, after which nothing more is written.
  ///   - total: The number of steps so far, this one included.
  /// - Returns: The error that keeps lines from the log; nil for none.
  public func add(
    _ step: TrainingStep, steps total: Int, left: Duration?, after refused: FileError? = nil
  ) -> FileError? {
    steps += 1
    waiting += step.waiting
    stepping += step.duration
    chart.losses.append((Double(total), step.loss))
    var json: JSONObject = [
      "event": "step", "steps": .integer(total), "epoch": .integer(step.epoch),
      "step": .integer(step.step), "learning_rate": .number(step.learningRate),
      "loss": .number(step.loss),
    ]
    for loss in step.losses { json[loss.name] = .number(loss.value) }
    json["images"] = .integer(step.images)
    json["seconds"] = .number(step.duration / .seconds(1))
    json["waiting_seconds"] = .number(step.waiting / .seconds(1))
    if let norm = step.gradientNorm { json["gradient_norm"] = .number(norm) }
    report(.step(step, left: left))
    return write(json, after: refused)
  }

  /// Adds scores, 0 … 1, after `steps` steps in all, as above.
  ///
  /// - Parameters:
  ///   - ap50: AP at an IoU of 0.5, from 0 to 1.
  ///   - ap: AP at IoUs from 0.5 to 0.95, from 0 to 1.
  ///   - boxAP: The AP of the boxes, if the others are of masks or keypoints.
  ///   - steps: The number of steps made so far.
  ///   - refused: The error of an earlier write, after which nothing more is written.
  public func add(
    ap50: Double, ap: Double, boxAP: Double? = nil, steps: Int, after refused: FileError? = nil
  ) -> FileError? {
    chart.scores.append((Double(steps), ap50))
    var json: JSONObject = [
      "event": "evaluation", "steps": .integer(steps), "AP50": .number(ap50), "AP": .number(ap),
    ]
    if let boxAP { json["box_AP"] = .number(boxAP) }
    json["seconds"] = .number((clock.now - start) / .seconds(1))
    report(.evaluation(steps: steps, ap50: ap50, ap: ap))
    return write(json, after: refused)
  }

  /// Writes how the training ended, as below.
  func finish(
    _ event: String, steps: Int, epochs: Int, after refused: FileError?
  ) throws(FileError) {
    try finish(
      ["event": .string(event), "steps": .integer(steps), "epochs": .integer(epochs)],
      after: refused)
  }

  /// Writes how the training ended as the last line of the log, and draws the curves.
  public func finish(_ ending: JSONObject, after refused: FileError? = nil) throws(FileError) {
    if refused == nil { try write(ending) }
    let share = stepping > .zero ? waiting / stepping : 0
    report(.finished(steps: steps, waiting: share))
    guard let plot else { return }
    try OutputFile.write(Array(chart.svg.utf8), to: plot)
    report(.drawn(path: plot))
  }

  private func write(_ json: JSONObject, after refused: FileError?) -> FileError? {
    guard refused == nil else { return refused }
    do {
      try write(json)
      return nil
    } catch {
      return error
    }
  }

  private func write(_ json: JSONObject) throws(FileError) {
    guard let log else { return }
    var output = JSONOutput()
    output.append(json)
    output.raw("\n")
    try log.write(output.bytes)
  }
}
