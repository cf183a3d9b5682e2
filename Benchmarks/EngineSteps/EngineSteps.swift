import Torch

/// Runs one piece of a detector's work and prints how long it took and what came out:
///
///     EngineSteps step MODEL train|detect BATCH SIZE THREADS REPETITIONS [--bf16]
///     EngineSteps load ANNOTATIONS.json PICTURES BATCH THREADS EPOCHS
///     EngineSteps evaluate MODEL ANNOTATIONS.json PICTURES SIZE THREADS
@main
struct EngineSteps {
  static func main() async throws {
    Runtime.keepMemory()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let words = arguments.dropFirst().filter { Int($0) == nil && !$0.hasPrefix("--") }
    let numbers = arguments.dropFirst().compactMap(Int.init)
    switch (arguments.first, words.count, numbers.count) {
    case ("step", 2, 4):
      var bench = try StepBench(
        model: words[0], isTraining: words[1] == "train", batch: numbers[0], size: numbers[1],
        threads: numbers[2], bf16: arguments.contains("--bf16"))
      bench.run(repetitions: numbers[3])
    case ("load", 2, 3):
      try await LoadBench(
        annotations: words[0], pictures: words[1], batch: numbers[0], threads: numbers[1],
        epochs: numbers[2]
      ).run()
    case ("evaluate", 3, 2):
      try await EvaluateBench(
        model: words[0], annotations: words[1], pictures: words[2], size: numbers[0],
        threads: numbers[1]
      ).run()
    default:
      fatalError("expected step, load or evaluate with the arguments that its comment names")
    }
  }
}
