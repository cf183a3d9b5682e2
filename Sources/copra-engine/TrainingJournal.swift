import COCO
import Console
import Engine
import Glibc

/// What a training tells while it goes on: a line on the terminal, a log in JSON, and the points of
/// its curves.
struct TrainingJournal {
  private let log: OutputFile?
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shownAt: ContinuousClock.Instant?
  private(set) var chart = TrainingChart()
  private var steps = 0
  private var waiting = Duration.zero
  private var stepping = Duration.zero

  init(log path: String?) throws {
    log = try path.map { try OutputFile($0) }
    start = clock.now
  }

  /// - Parameter left: what is left of the training, as far as that is known.
  mutating func add(_ step: TrainingStep, left: Duration?) throws {
    steps += 1
    waiting += step.waiting
    stepping += step.duration
    chart.losses.append((Double(steps), step.loss))
    var json = JSONObject([
      .init(name: "event", value: "step"), .init(name: "epoch", value: .integer(step.epoch)),
      .init(name: "step", value: .integer(step.step)),
      .init(name: "learning_rate", value: .number(step.learningRate)),
      .init(name: "loss", value: .number(step.loss)),
    ])
    for loss in step.losses { json[loss.name] = .number(loss.value) }
    json["images"] = .integer(step.images)
    json["seconds"] = .number(step.duration / .seconds(1))
    json["waiting_seconds"] = .number(step.waiting / .seconds(1))
    if let norm = step.gradientNorm { json["gradient_norm"] = .number(norm) }
    try write(json)
    show(step, left: left)
  }

  /// Scores from 0 to 1 after the steps so far.
  mutating func add(ap50: Double, ap: Double) throws {
    chart.scores.append((Double(steps), ap50))
    try write([
      "event": "evaluation", "steps": .integer(steps), "AP50": .number(ap50), "AP": .number(ap),
      "seconds": .number((clock.now - start) / .seconds(1)),
    ])
    message("step \(steps): AP50 \(rounded(ap50)), AP \(rounded(ap))")
  }

  /// Writes how it ended and brings the log to its place.
  func finish(_ ending: JSONObject) throws {
    try write(ending)
    try log?.commit()
    let share = stepping > .zero ? waiting / stepping : 0
    message("\(steps) steps; \(rounded(share * 100)) % of their time waited for pictures")
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

  private mutating func show(_ step: TrainingStep, left: Duration?) {
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
