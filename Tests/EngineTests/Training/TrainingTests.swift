import COCO
import Engine
import Testing
import Torch

extension ModelRuns {
  @Suite("Training")
  struct TrainingTests {
    private func set(of count: Int = 4) throws -> DrawnSet {
      let set = try DrawnSet()
      for index in 0..<count {
        let x = Double(index * 5 % 16)
        try set.add([(index % 2 + 1, .at(x, 4, x + 12, 16))])
      }
      return set
    }

    private func loader(_ set: DrawnSet, batchSize: Int = 2) -> Loader {
      Loader(
        set.samples, plan: BatchPlan(batchSize: batchSize, seed: 3), augmentation: Augmentation())
    }

    private func training(_ options: TrainingOptions = TrainingOptions()) -> Training<GridDetector>
    {
      Runtime.seed(0)
      return Training(GridDetector(numClasses: 3), options: options)
    }

    @Test("the rate rises linearly to its whole over the first epoch, then falls at the milestones")
    func learningRate() {
      var options = TrainingOptions()
      options.milestones = [2]
      let factor = { options.learningRateFactor(epoch: $0, step: $1, stepsInEpoch: 5) }
      #expect(factor(0, 0) == 0.001)
      #expect(abs(factor(0, 2) - 0.5005) < 1e-12)
      #expect(factor(0, 4) == 1)
      #expect(factor(1, 0) == 1)
      #expect(abs(factor(2, 0) - 0.1) < 1e-12)
    }

    @Test("the rate of a loader of one batch is whole from the start")
    func warmUpOfOneBatch() throws {
      var training = training()
      let set = try set(of: 2)
      var rates: [Double] = []
      _ = try training.trainOneEpoch(loader(set)) {
        rates.append($0.learningRate)
        return true
      }
      #expect(rates == [training.options.learningRate])
    }

    @Test("an epoch reports each step with its losses by name and brings the loss down")
    func epoch() throws {
      var options = TrainingOptions()
      options.learningRate = 0.01
      var training = training(options)
      let set = try set()
      var steps: [TrainingStep] = []
      for _ in 0..<10 {
        let isDone = try training.trainOneEpoch(loader(set)) {
          steps.append($0)
          return true
        }
        #expect(isDone)
      }
      #expect(training.epoch == 10)
      #expect(steps.count == 20)
      #expect(steps[0].losses.map(\.name) == ["loss_classifier", "loss_box_reg"])
      #expect(steps[19].loss < steps[0].loss / 2)
    }

    @Test(
      "a loss that is NaN stops before the backward pass and names the batch's pictures and boxes")
    func nonFiniteLoss() throws {
      let set = try set()
      var training = training()
      // A weight that is NaN makes the loss so.
      #expect(training.isFinite)
      training.model.head.bias?.fill(.nan)
      #expect(!training.isFinite)
      let before = training.model.conv1.weight.clone()
      var found: NonFiniteLossError?
      do {
        _ = try training.trainOneEpoch(loader(set))
      } catch let error as NonFiniteLossError {
        found = error
      }
      let error = try #require(found)
      #expect(error.findings.map(\.rule) == ["non-finite-loss", "non-finite-loss"])
      #expect(error.findings.allSatisfy { $0.origin != nil && $0.message.contains("picture") })
      #expect(error.findings[0].message.contains("loss_classifier is NaN"))
      #expect(error.findings[0].message.contains("4"))
      #expect(training.model.conv1.weight.gradient == nil)
      #expect((training.model.conv1.weight - before).abs().sum().item() == 0)
    }

    @Test("gradients are clipped to their greatest norm, which is reported")
    func clipping() throws {
      var options = TrainingOptions()
      options.greatestGradientNorm = 1e-3
      var training = training(options)
      let set = try set(of: 2)
      var norms: [Double] = []
      _ = try training.trainOneEpoch(loader(set)) {
        norms.append($0.gradientNorm ?? 0)
        return true
      }
      #expect(norms.allSatisfy { $0 > 1e-3 })
      let squares = training.model.parameters.compactMap { $0.gradient?.square().sum().item() }
      #expect(abs(squares.reduce(0, +).squareRoot() - 1e-3) < 1e-6)
    }

    @Test("bf16 trains: the losses stay finite and near those of fp32")
    func bfloat16() throws {
      let set = try set(of: 2)
      func firstLoss(_ usesBFloat16: Bool) throws -> Double {
        var options = TrainingOptions()
        options.usesBFloat16 = usesBFloat16
        var training = training(options)
        var loss = Double.nan
        _ = try training.trainOneEpoch(loader(set)) {
          loss = $0.loss
          return true
        }
        return loss
      }
      let (full, half) = (try firstLoss(false), try firstLoss(true))
      #expect(abs(full - half) < 0.05 * full)
      #expect(full != half)
    }

    @Test("training stops early after as many scores without a gain as its patience")
    func earlyStop() {
      var stop = EarlyStop(patience: 1)
      let gains = [0.1, 0.3, 0.2].map { stop.add($0) }
      #expect(gains == [true, true, false])
      #expect(!stop.isOver)
      let isGain = stop.add(.nan)
      #expect(!isGain)
      #expect(stop.isOver)
      #expect(stop.best == 0.3)
      var later = EarlyStop(patience: 1, best: 0.3, sinceBest: 1)
      let isLaterGain = later.add(0.3)
      #expect(!isLaterGain && later.isOver)
    }

    @Test("a step that was made counts though its report fails")
    func failedReport() throws {
      struct Refusal: Error {}
      var training = training()
      let set = try set()
      #expect(throws: Refusal.self) {
        try training.trainOneEpoch(loader(set)) { _ in throw Refusal() }
      }
      #expect((training.epoch, training.step) == (0, 1))
    }
  }
}
