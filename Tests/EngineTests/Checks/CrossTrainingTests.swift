import COCO
import DetectionMetrics
import DetectionModels
import Engine
import Testing
import Torch

extension ModelRuns {
  @Suite("Cross-training")
  struct CrossTrainingTests {
    @Test
    func `every picture is judged once, by a model that has learnt the others alone`() async throws
    {
      let set = try DrawnSet()
      for _ in 0..<5 { try set.add([(1, .at(2, 2, 14, 14)), (2, .at(16, 16, 30, 30))]) }
      let training = CrossTraining(set.samples, folds: 2, budget: .milliseconds(200))
      var models = 0
      var folds: [Int] = []
      Runtime.seed(0)
      let result = try await training.run {
        models += 1
        return GridDetector(numClasses: 3)
      } report: { event in
        if case .fold(let fold, let steps, _) = event {
          folds.append(fold)
          #expect(steps > 0)
        }
      }
      #expect(models == 2)
      #expect(folds == [0, 1])
      #expect(Set(result.detections.map(\.imageID)).isSubset(of: Set(1...5)))
      // Each fold looks at pictures that it learns; the two together learn all.
      let seen = result.history.ranked.map(\.annotation)
      #expect(!seen.isEmpty && Set(seen).isSubset(of: Set(0..<10)))
    }

    @Test func `a parameter that no loss depends on gets no gradient`() async throws {
      let set = try DrawnSet()
      try set.add([(1, .at(2, 2, 14, 14))])
      var options = SmokeOptions()
      options.steps = 12
      Runtime.seed(0)
      let verdict = try await SmokeTraining(set.samples, options: options)
        .run(IdleDetector(grid: GridDetector(numClasses: 3)))
      #expect(verdict.findings.map(\.rule) == ["dead-gradient"])
      #expect(verdict.findings.first?.message.hasPrefix("idle got no gradient in 12 steps") == true)
    }
  }
}

/// A detector with a parameter that it does not use.
private struct IdleDetector: Detector {
  let grid: GridDetector
  @Parameter var idle: Tensor

  init(grid: GridDetector) {
    self.grid = grid
    idle = .ones([3])
  }

  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    grid.losses(images: images, targets: targets)
  }

  func detections(images: [Tensor]) -> [Detections] { grid.detections(images: images) }
}
