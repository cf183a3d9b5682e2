import COCO
import Console
import Datasets
import DetectionModels
import Engine
import Files
import Torch

/// What a training reads, and how it trains.
struct TrainingRunSettings {
  var inputs: [String]
  var reader: DatasetReader
  /// What is evaluated on after each epoch; nil for the inputs' own validation split.
  var validation: String?
  var detector: DetectorSettings
  var training = TrainingSettings()
  /// Whether a batch takes as many pictures as memory allows.
  var choosesBatchSize = false
  /// Where this process stands among those that train together; nil where it is alone.
  var place: ProcessPlace?
}

/// One run of `copra train`: reads and checks the data, makes the model and trains it.
struct TrainingRun {
  let settings: TrainingRunSettings

  private static let validationNames = ["val", "valid", "validation"]

  func run() async throws -> ExitStatus {
    let detector = settings.detector.detector
    if settings.training.augmentation.needsMasks, !detector.hasMasks {
      throw CommandFailure(
        "--augmentation \(settings.training.augmentation.rawValue) requires masks, which "
          + "\(detector.name) does not learn")
    }
    let size = settings.detector.inputSize()
    let input = try await DetectionInput(settings.inputs, reader: settings.reader)
    let training = try await CheckedSplit(
      ["train"], of: input, for: size, detector, isTrainedOn: true)
    let validation = try await validation(beside: training, of: input, for: size)
    if settings.training.patience != nil, validation == nil {
      throw CommandFailure("--patience requires AP on a validation split, found none")
    }
    let samples = training.samples
    let model = try trainedDetector.make(
      numClasses: samples.labels.count, keypoints: samples.keypoints?.count, input: size)
    let notes = WeightsNotes(
      model: detector.name, input: size, categories: samples.dataset.categories)
    let display = TrainingDisplay(
      sources: training.sources, validationSources: validation?.sources)
    let fault = try await train(
      model, on: samples, validation: validation?.samples, notes, size, display)
    if let fault {
      FindingPrinter.print(fault.findings, in: training.sources)
      if let error = fault.unwritten { throw error }
      return .findings
    }
    Signals.endIfAsked()
    let hasErrors = training.hasErrors || validation?.hasErrors == true || display.hasLeftOut
    return hasErrors ? .findings : .clean
  }

  /// The detector that is trained: where pictures have their size from the augmentation it does not
  /// resize them again.
  private var trainedDetector: DetectorSettings {
    var detector = settings.detector
    if settings.training.augmentation.givesSize {
      detector.detector = detector.detector.withoutResizingInTraining()
    }
    return detector
  }

  private func validation(
    beside training: CheckedSplit, of input: DetectionInput, for size: InputSize
  ) async throws -> CheckedSplit? {
    let names = Self.validationNames
    let detector = settings.detector.detector
    if let path = settings.validation {
      var other = try await DetectionInput([path], reader: settings.reader)
      try other.takeCategories(training.samples.dataset.categories)
      return try await CheckedSplit(names, of: other, for: size, detector)
    }
    guard input.hasSplit(of: names) else { return nil }
    return try await CheckedSplit(
      names, of: input, for: size, detector, reportsImport: false)
  }

  /// Trains to the end, or until the user ends it. Returns why it could not go on, if it is the data.
  private func train(
    _ model: some Detector, on samples: DetectionSamples, validation: DetectionSamples?,
    _ notes: WeightsNotes, _ size: InputSize, _ display: TrainingDisplay
  ) async throws -> TrainingFault? {
    var loop = try loop(
      for: model, on: samples, validation: validation, notes, size, display.observer)
    Signals.deferEnding("the training stops after this step; repeat to stop at once")
    do {
      try await loop.run()
    } catch let fault as TrainingFault {
      Terminal.isMuted = false
      return fault
    } catch let fault as OtherProcessFault {
      Terminal.message("\(fault)")
      return TrainingFault(findings: [])
    } catch is TrainingInterrupted {
      if !Signals.isEndingAsked { throw CommandFailure("another process was asked to stop") }
    }
    return nil
  }

  /// Settles what is to be measured, and gets all ready for the first step.
  private func loop<Model: Detector>(
    for model: Model, on samples: DetectionSamples, validation: DetectionSamples?,
    _ notes: WeightsNotes, _ size: InputSize, _ observer: TrainingObserver
  ) throws -> TrainingLoop<Model> {
    var preparation = TrainingPreparation(
      settings: settings.training, precision: settings.detector.precision ?? .fp32,
      choosesBatchSize: settings.choosesBatchSize)
    preparation.settings.input = size
    preparation.settings.processes = try settings.place.map { try ProcessGroup($0) }
    do {
      return try TrainingLoop(
        model, on: samples, validation: validation,
        settings: preparation.settled(for: model, on: samples), notes: notes, observer: observer)
    } catch let mismatch as CheckpointMismatch {
      throw CommandFailure(mismatch.description(of: mismatch.setting.flag))
    }
  }
}

extension CheckpointMismatch.Setting {
  /// What the user calls the setting.
  fileprivate var flag: String {
    switch self {
    case .model: "--model"
    case .minSize: "--min-size"
    case .maxSize: "--max-size"
    case .categories: "the categories"
    case .batchSize: "--batch-size"
    case .seed: "--seed"
    case .augmentation: "--augmentation"
    case .accumulate: "--accumulate"
    case .optimizer: "--optimizer"
    case .learningRate: "--learning-rate"
    case .momentum: "--momentum"
    case .weightDecay: "--weight-decay"
    case .schedule: "--schedule"
    case .milestones: "--milestones"
    case .cosineSteps: "a cosine over so many steps:"
    case .precision: "--precision"
    }
  }
}
