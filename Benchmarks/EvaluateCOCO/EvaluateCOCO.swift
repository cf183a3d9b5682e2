import COCO
import DetectionMetrics
import Files

/// Evaluates as `copra evaluate` does and prints how long each phase took:
///
///     EvaluateCOCO bbox|segm|keypoints GROUND_TRUTH.json RESULTS.json THREADS
@main
struct EvaluateCOCO {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let iouType = IoUType(rawValue: arguments[1]),
      let threads = Int(arguments[4])
    else {
      fatalError("expected an IoU type, two files and a number of threads")
    }
    let tasks = OrderedTasks(threads: threads)
    let clock = ContinuousClock()
    var start = clock.now
    func tell(_ phase: String) {
      let (seconds, fraction) = (clock.now - start).components
      print("\(phase) seconds: \(Double(seconds) + Double(fraction) / 1e18)")
      start = clock.now
    }
    let truth = try await COCOReader(tasks: tasks).read(InputFile(arguments[2]), source: 0)
    let results = try await DetectionReader(tasks: tasks).read(InputFile(arguments[3]), source: 1)
    tell("load")
    let (evaluator, _) = await FileEvaluation(
      truth.dataset, detections: results.batches, settings: EvaluationSettings(iouType)
    ).match(tasks: tasks)
    tell("match")
    let evaluation = await evaluator.evaluation(tasks: tasks)
    let stats = evaluation.stats
    tell("accumulate")
    print("AP: \(stats[0])")
  }
}
