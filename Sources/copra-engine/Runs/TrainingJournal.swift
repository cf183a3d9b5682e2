import COCO
import Console
import Engine
import Files

/// What a training tells while it goes on: a line on the terminal, a log in JSON, and the curves.
///
/// The log is written step by step, so that it can be followed and outlives the program. A training
/// that goes on keeps the lines up to its checkpoint, and the curves begin where the log does.
final class TrainingJournal {
  /// Where a training goes on from.
  struct Past {
    var steps: Int
    var evaluatedSteps: Int
  }

  private let log: AppendedFile?
  private let plot: String?
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shownAt: ContinuousClock.Instant?
  private var chart = TrainingChart()
  private var steps = 0
  private var waiting = Duration.zero
  private var stepping = Duration.zero

  /// - Throws: a `FileError` where the log cannot be read or written.
  init(log path: String?, plot: String?, continuing past: Past? = nil) throws {
    self.plot = plot
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

  /// - Parameters:
  ///   - steps: all so far, this one among them.
  ///   - left: what is left of the training, as far as that is known.
  func add(_ step: TrainingStep, steps total: Int, left: Duration?) throws {
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
    try write(json)
    show(step, left: left)
  }

  /// Scores from 0 to 1 after all steps so far.
  func add(ap50: Double, ap: Double, steps: Int) throws {
    chart.scores.append((Double(steps), ap50))
    try write([
      "event": "evaluation", "steps": .integer(steps), "AP50": .number(ap50), "AP": .number(ap),
      "seconds": .number((clock.now - start) / .seconds(1)),
    ])
    message("step \(steps): AP50 \(rounded(ap50)), AP \(rounded(ap))")
  }

  /// Tells how it ended and draws the curves.
  func finish(_ event: String, steps: Int, epochs: Int) throws {
    try finish(["event": .string(event), "steps": .integer(steps), "epochs": .integer(epochs)])
  }

  /// Writes how it ended as the last line of the log, and draws the curves.
  func finish(_ ending: JSONObject) throws {
    try write(ending)
    let share = stepping > .zero ? waiting / stepping : 0
    message("\(steps) steps; \(rounded(share * 100)) % of their time waited for pictures")
    if let plot { try WholeFile.write(Array(chart.svg.utf8), to: plot) }
  }

  func message(_ text: String) {
    if Terminal.errorIsTerminal { Terminal.replaceLine("") }
    Terminal.message(text)
  }

  private func write(_ json: JSONObject) throws {
    guard let log else { return }
    var output = JSONOutput()
    output.append(json)
    output.raw("\n")
    try log.write(output.bytes)
  }

  private func show(_ step: TrainingStep, left: Duration?) {
    guard Terminal.errorIsTerminal else { return }
    if let shownAt, clock.now - shownAt < .milliseconds(200) { return }
    shownAt = clock.now
    let losses = step.losses.map { "\($0.name) \(rounded($0.value))" }.joined(separator: ", ")
    let rate = Double(step.images) / max(step.duration / .seconds(1), 1e-9)
    let rest = left.map { ", \(Int($0 / .seconds(1))) s left" } ?? ""
    Terminal.replaceLine(
      "epoch \(step.epoch + 1), step \(step.step + 1)/\(step.stepsInEpoch): loss "
        + "\(rounded(step.loss)) (\(losses)), \(rounded(rate)) images/s\(rest)")
  }

  private func rounded(_ value: Double) -> String {
    value.isFinite ? ((value * 1000).rounded() / 1000).shortest : value.shortest
  }
}
