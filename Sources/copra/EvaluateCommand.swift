public import ArgumentParser
import COCO
import Glibc
public import Metrics

/// `copra evaluate`
struct EvaluateCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "evaluate")

  @Argument var truth: String
  @Argument var results: String
  @Option var iouType = IoUType.bbox
  @Option var threads: Int?
  @Flag var errors = false

  static let configurableKeys: Set<String> = ["threads"]
  var inputPaths: [String] { [truth] }

  func perform() async throws -> ExitStatus {
    let tasks = OrderedTasks(threads: threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let dataset = try await COCOReader(tasks: tasks).read(InputFile(truth), source: 0)
    let detections = try await DetectionReader(tasks: tasks).read(InputFile(results), source: 1)
    var settings = EvaluationSettings(iouType)
    settings.analysesErrors = errors
    let (evaluation, _) = await FileEvaluation(
      dataset.dataset, detections: detections.batches, settings: settings
    ).evaluate(tasks: tasks)
    for figure in evaluation.summary { try Terminal.print(figure.line + "\n") }
    if let errors = evaluation.errors { try Terminal.print("\(errors)\n") }
    return .clean
  }
}

extension IoUType: ExpressibleByArgument {}
