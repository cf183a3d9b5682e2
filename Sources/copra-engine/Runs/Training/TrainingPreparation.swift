import COCO
import Console
import DetectionModels
import Engine
import Torch

/// What is settled before a training begins, by measurement: how large batches are and in which type
/// the detector is computed, where that is asked for, and whether memory suffices.
struct TrainingPreparation {
  var settings: TrainingSettings
  var precision: TrainingPrecision
  var choosesBatchSize: Bool

  /// Returns the settings with all choices made, each of which is said. Nothing of the model changes.
  ///
  /// A training that continues keeps what was chosen when it began.
  ///
  /// - Throws: `StateError` for a checkpoint that is damaged.
  func settled(
    for model: some Detector, on samples: DetectionSamples
  ) throws -> TrainingSettings {
    var settings = settings
    let checkpoint = settings.save.map(TrainingSettings.checkpointPath)
    let before =
      settings.resumes ? try checkpoint.map { try MeasuredSettings(checkpoint: $0) } : nil
    settings.options.usesBFloat16 = precision == .bf16
    if precision == .auto, let kept = before?.usesBFloat16 { settings.options.usesBFloat16 = kept }
    settings.batchSize = batchSize(for: model, on: samples, settings, before: before?.batchSize)
    if precision == .auto, before?.usesBFloat16 == nil {
      let trial = PrecisionTrial(
        model, options: settings.options, on: samples, batchSize: settings.batchSize)
      settings.options.usesBFloat16 = trial.chosen()
    }
    if let processes = settings.processes {
      // What one has measured holds for all.
      let measured = [Double(settings.batchSize), settings.options.usesBFloat16 ? 1 : 0]
      let agreed = try processes.sum(measured.map { processes.isFirst ? $0 : 0 })
      settings.batchSize = Int(agreed[0])
      settings.options.usesBFloat16 = agreed[1] == 1
    }
    return settings
  }

  /// Returns the pictures of a batch, and says what a step on them takes of memory.
  private func batchSize(
    for model: some Detector, on samples: DetectionSamples, _ settings: TrainingSettings,
    before: Int?
  ) -> Int {
    var size = choosesBatchSize ? before ?? settings.batchSize : settings.batchSize
    guard choosesBatchSize || isWorthMeasuring(settings) else { return size }
    guard let need = MemoryNeed(model, on: samples, settings: settings) else {
      Terminal.message("the memory of a step cannot be measured here")
      return size
    }
    let available = ProcessMemory.available
    let fitting = available.map { need.largestBatch(in: $0, pictures: samples.count) }
    if choosesBatchSize, before == nil, let fitting { size = fitting }
    report(need, batchSize: min(size, samples.count), available: available, fitting: fitting)
    return size
  }

  /// Whether a batch has more pixels than the pictures that its step would be measured with.
  private func isWorthMeasuring(_ settings: TrainingSettings) -> Bool {
    let pixels = settings.batchSize.multipliedReportingOverflow(
      by: settings.input.minSize * settings.input.maxSize)
    return pixels.overflow || pixels.partialValue > StepMemory.smallestArea
  }

  private func report(_ need: MemoryNeed, batchSize: Int, available: Int?, fitting: Int?) {
    let bytes = need.bytes(batchSize: batchSize)
    let pictures = batchSize == 1 ? "1 image" : "\(batchSize) images"
    let step =
      "a step on \(pictures) of up to \(need.width)×\(need.height) takes about \(bytes.asMemory)"
    guard let available else { return Terminal.message("\(step) of memory") }
    let free = Double(available)
    guard bytes > free else {
      return Terminal.message("\(step) of memory, of which \(free.asMemory) is available")
    }
    let advice =
      fitting.map { $0 < batchSize ? "--batch-size \($0) takes less" : "--min-size takes less" }
      ?? ""
    Terminal.message(
      "warning: \(step) of memory, and only \(free.asMemory) is available; \(advice)")
  }
}

extension PrecisionTrial? {
  /// Says which type was faster, and returns whether that is bf16.
  func chosen() -> Bool {
    guard let trial = self else {
      Terminal.message("precision fp32: there is no time, or no image, to measure steps with")
      return false
    }
    let seconds = [trial.fp32, trial.bf16].map { ($0 / .seconds(1)).brief(3) }
    Terminal.message(
      "precision \(trial.choosesBFloat16 ? "bf16" : "fp32"): a step takes \(seconds[0]) s in fp32 "
        + "and \(seconds[1]) s in bf16")
    return trial.choosesBFloat16
  }
}

extension Double {
  /// Bytes in words: 5.3 GB.
  var asMemory: String {
    self < 1e9 ? "\((self / 1e6).brief(0)) MB" : "\((self / 1e9).brief(1)) GB"
  }
}
