import COCO
import DetectionModels
import Testing
import Torch

@testable import Engine

extension ModelRuns {
  @Suite("Trials before a training")
  struct TrialTests {
    private func set() throws -> DrawnSet {
      let set = try DrawnSet()
      for index in 0..<4 { try set.add([(1 + index % 2, .at(2, 2, 12, Double(10 + index)))]) }
      return set
    }

    private func bytes(_ model: some Detector) -> [[UInt8]] {
      model.state.map { $0.tensor.withUnsafeBytes { Array($0) } }
    }

    @Test func `timing the precisions and measuring memory leave nothing of themselves`() throws {
      let set = try set()
      Runtime.seed(5)
      let model = GridDetector(numClasses: 3)
      let before = bytes(model)
      let draw = Tensor.rand([1]).item()
      Runtime.seed(5)
      _ = GridDetector(numClasses: 3)
      let trial = PrecisionTrial(
        model, options: TrainingOptions(), on: set.samples, batchSize: 2)
      var settings = TrainingSettings()
      settings.input = InputSize(minSize: 64, maxSize: 96)
      _ = MemoryNeed(model, on: set.samples, settings: settings)
      #expect(trial.map { $0.fp32 > .zero && $0.bf16 > .zero } == true)
      #expect(bytes(model) == before)
      #expect(model.parameters.allSatisfy { $0.gradient == nil })
      #expect(Tensor.rand([1]).item() == draw)
    }

    @Test func `without a picture that can be read no step is timed`() throws {
      let set = try DrawnSet()
      set.addImage("gone.png", width: 9, height: 9)
      let trial = PrecisionTrial(
        GridDetector(numClasses: 3), options: TrainingOptions(), on: set.samples, batchSize: 2)
      #expect(trial == nil)
    }

    // In a process of its own: what other tests hold meanwhile would count.
    @Test
    func `the step of a detector that holds so much a pixel is estimated within a quarter`() async {
      await #expect(processExitsWith: .success) {
        let set = try DrawnSet()
        try set.add([(1, .at(2, 2, 12, 10))])
        let step = try #require(
          StepMemory(
            HoardingDetector(), options: TrainingOptions(),
            size: InputSize(minSize: 800, maxSize: 1333), sample: set.samples.sample(at: 0)))
        // 64 planes of float32 for each pixel: of the output, of its gradient, and of their product.
        #expect(abs(step.perPixel / 768 - 1) < 0.25, "\(step)")
        let bytes = step.bytes(batchSize: 3, pixels: 1000 * 1000)
        #expect(abs(bytes / (3 * 768e6) - 1) < 0.3, "\(bytes)")
      }
    }

    @Test
    func `a batch is the largest power of two that fits, and no larger than the set`() throws {
      let set = try set()
      var settings = TrainingSettings()
      settings.input = InputSize(minSize: 64, maxSize: 96)
      let need = try #require(
        MemoryNeed(GridDetector(numClasses: 3), on: set.samples, settings: settings))
      #expect((need.width, need.height) == (64, 64))
      #expect(need.largestBatch(in: 1 << 40, pictures: 4) == 4)
      #expect(need.largestBatch(in: 1 << 40, pictures: 7) == 4)
      #expect(need.largestBatch(in: 1, pictures: 4) == 1)
      let two = Int(need.bytes(batchSize: 2) / 0.8) + 1
      #expect(need.largestBatch(in: two, pictures: 4) == 2)
    }
  }
}

/// A detector that keeps 64 planes as large as the picture for its backward pass.
private struct HoardingDetector: Detector {
  let layer = Linear(1, 1)

  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    let planes = images.map { image in
      (image.slice(dim: 0, to: 1) * layer.weight.reshaped([1, 1, 1]))
        .expanded([64, image.size(1), image.size(2)]).exp().mean()
    }
    return Losses([("loss_classifier", Tensor.stack(planes).mean())])
  }

  func detections(images: [Tensor]) -> [Detections] { [] }
}
