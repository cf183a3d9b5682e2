import COCO
import Engine
import Torch

/// The evaluation of a whole set from the annotation file to the score.
struct EvaluateBench {
  let model: String
  let annotations: String
  let pictures: String
  let size: Int
  let threads: Int

  func run() async throws {
    Runtime.threads = threads
    let clock = ContinuousClock()
    let classes = try await samples(annotations: annotations, pictures: pictures, hasMasks: false)
      .labels.count
    let model = try BenchModel.make(model, size: size, numClasses: classes)
    let start = clock.now
    let samples = try await samples(
      annotations: annotations, pictures: pictures, hasMasks: self.model.hasPrefix("mask"))
    let scores = try await DetectorEvaluation(samples, threads: threads).evaluate(model)
    let seconds = (clock.now - start) / .seconds(1)
    print("work: detections \(scores.detections.reduce(0) { $0 + $1.count })")
    print("inner seconds: \(seconds)")
  }
}
