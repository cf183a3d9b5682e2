import ArgumentParser
import Console
import Engine
import Files
import Torch

/// `copra train`: trains a detector on a dataset, or proves with a few pictures that it can be.
struct TrainCommand: DatasetVerb {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a detector on annotations in any format.",
    usage: "copra train <input> ... [--smoke] [<options>]",
    discussion: """
      With --smoke a model is trained on a few images until it has learnt them, which shows within a \
      minute or two whether the annotations fit the images.

      EXAMPLES
        copra train data.yaml --smoke
        copra train instances_train.json --val instances_val.json --epochs 12 --save w.safetensors
        copra train data.yaml --config model.yaml --val valid --save w.safetensors
        copra train VOC2012 --model retinanet_resnet50_fpn --save w.safetensors --resume
        copra train d --batch-size auto --accumulate 4 --optimizer adamw --schedule cosine
        torchrun --nproc-per-node 2 --no-python copra train data.yaml --save w.safetensors

      After every epoch, and when Ctrl-C or an error stops the training, its whole state is saved in \
      FILE.checkpoint beside the FILE of --save. The same command with --resume continues from there \
      and reaches the same bits as an uninterrupted training; --epochs and --steps count from the \
      beginning. Boxes that a model cannot learn, and images that cannot be read, are reported and \
      left out whenever they occur; a training with nothing left to learn does not begin. The memory \
      of a step is estimated first. Processes that torchrun or srun has started train together: each \
      learns --batch-size images in every step, their gradients are averaged, and the first process \
      prints and writes for all. Options of the input that you use often can be set in copra.yaml, \
      in the input's folder or one above it, as for convert.

      EXIT STATUS
        0  trained; with --smoke: learnt
        1  errors were found; with --smoke also: not learnt
        2  it could not run: usage, unreadable files, nothing to learn, a full disk
        3  with --smoke: undecided, as the budget ended or the set is too small to decide
        130  Ctrl-C stopped it
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions

  @Option(
    help: ArgumentHelp("The annotations to evaluate on after each epoch.", valueName: "input"))
  var val: String?

  @Flag(help: "Train on a few images until they are learnt, and give a verdict.")
  var smoke = false

  @Option(
    help: ArgumentHelp(
      """
      The number of images that --smoke learns; if not given, 8, or one for every two seconds of a \
      shorter budget.
      """, valueName: "number"))
  var smokeImages: Int?

  @Option(help: ArgumentHelp("The time limit of --smoke, as 120s or 5m.", valueName: "time"))
  var budget = TimeBudget(seconds: 120)

  @OptionGroup(title: "Model options") var model: DetectorOptions
  @OptionGroup(title: "Optimisation options") var optimisation: OptimisationOptions

  @Option(help: ArgumentHelp("The number of epochs, each over all images.", valueName: "number"))
  var epochs = TrainingSettings().epochs

  @Option(help: ArgumentHelp("The maximum number of steps.", valueName: "number"))
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "The number of evaluations in a row without a better AP after which training stops.",
      valueName: "number"))
  var patience: Int?

  @Option(
    help: ArgumentHelp(
      "The file for the weights: those of the best AP if there is a validation split, else the last.",
      valueName: "file.safetensors"))
  var save: String?

  @Flag(help: "Continue from the checkpoint beside the file of --save.")
  var resume = false

  @Option(
    help: ArgumentHelp(
      "The file that every step is written to as JSON; --resume appends to it.",
      valueName: "file.jsonl"))
  var log: String?

  @Option(help: ArgumentHelp("The file for the curves of loss and AP.", valueName: "file.svg"))
  var plot: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  func validate() throws {
    try CountOptions.check(
      ("--epochs", epochs), ("--smoke-images", smokeImages), ("--steps", steps),
      ("--patience", patience))
    if budget.duration == .zero { throw ValidationError("--budget takes a time above 0") }
    if smoke, resume || patience != nil {
      throw ValidationError("--smoke takes neither --resume nor --patience")
    }
    if smoke, let name = optimisation.unfitForSmoke.first {
      throw ValidationError("--smoke trains in its own way and takes no \(name)")
    }
    if resume, save == nil {
      throw ValidationError(
        "--resume continues from the checkpoint beside --save, which is not given")
    }
  }

  static let configurable = ConfigurableOption.input

  func perform() async throws -> ExitStatus {
    let start = ContinuousClock.now
    let place = try ProcessPlace(environment: Terminal.environment)
    if smoke, let place {
      throw CommandFailure("--smoke trains in one process, and \(place.count) were started")
    }
    let isFirst = place?.rank ?? 0 == 0
    Terminal.isMuted = !isFirst
    do {
      return try await train(from: start, in: place, isFirst: isFirst)
    } catch {
      // Why a process cannot go on only it knows.
      Terminal.isMuted = false
      throw error
    }
  }

  private func train(
    from start: ContinuousClock.Instant, in place: ProcessPlace?, isFirst: Bool
  ) async throws -> ExitStatus {
    let lock = isFirst ? try save.map { try FileLock(of: $0) } : nil
    defer { lock?.release() }
    if isFirst { try checkOutputs() }
    let reader = try reader()
    var detector = try model.settings(smoke: smoke)
    if let place, detector.device == "cuda" { detector.device = "cuda:\(place.localRank)" }
    try detector.prepare(threads: input.threads ?? place?.threads)
    if smoke {
      return try await SmokeRun(
        settings: SmokeRunSettings(
          inputs: input.paths, reader: reader, detector: detector, smoke: smokeOptions(from: start),
          outputs: SmokeOutputs(save: save, log: log, plot: plot))
      ).run()
    }
    return try await TrainingRun(
      settings: TrainingRunSettings(
        inputs: input.paths, reader: reader, validation: val, detector: detector,
        training: trainingSettings, choosesBatchSize: optimisation.batchSize == .auto, place: place)
    ).run()
  }

  private func smokeOptions(from start: ContinuousClock.Instant) -> SmokeOptions {
    var options = SmokeOptions()
    options.images = smokeImages ?? SmokeOptions.images(within: budget.duration)
    if case .pictures(let count) = optimisation.batchSize { options.batchSize = count }
    options.budget = budget.duration
    options.start = start
    options.steps = steps
    if let rate = optimisation.learningRate { options.training.learningRate = rate }
    return options
  }

  private var trainingSettings: TrainingSettings {
    var settings = TrainingSettings()
    settings.options = optimisation.training
    settings.augmentation = optimisation.augmentation
    settings.epochs = epochs
    settings.steps = steps
    if case .pictures(let count) = optimisation.batchSize { settings.batchSize = count }
    settings.seed = model.seed
    settings.patience = patience
    settings.save = save
    settings.resumes = resume
    settings.log = log
    settings.plot = plot
    return settings
  }

  /// Throws where an output must not or cannot be written.
  private func checkOutputs() throws {
    if !smoke, let checkpoint = save.map(TrainingSettings.checkpointPath) {
      let exists = FileStatus(checkpoint) != nil
      if resume, !exists {
        throw CommandFailure("\(checkpoint): expected a checkpoint to continue from, found none")
      }
      if exists, !resume, !force {
        throw CommandFailure(
          "\(checkpoint) exists: --resume continues from it, --force replaces it")
      }
    }
    let outputs = [save, log, plot].compactMap { $0 }
    try OverwriteGuard(replaces: force || resume).check(
      outputs, inputs: input.paths + [val, model.weights, model.config].compactMap { $0 })
    for path in outputs { try OutputFile.check(path) }
  }
}

/// A time such as `90`, `120s` or `5m`.
struct TimeBudget: ExpressibleByArgument {
  let duration: Duration
  let defaultValueDescription: String

  init(seconds: Int) {
    duration = .seconds(seconds)
    defaultValueDescription = "\(seconds)s"
  }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    let factor = argument.last.flatMap { units[$0] }
    let number = factor == nil ? argument : String(argument.dropLast())
    guard let value = Double(number), value >= 0, value.isFinite, value < 1e9 else { return nil }
    duration = .seconds(value * (factor ?? 1))
    defaultValueDescription = argument
  }
}
