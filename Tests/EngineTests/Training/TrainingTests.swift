import COCO
import DetectionModels
import Testing
import Torch

@testable import Engine

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

    @Test
    func `the rate rises linearly to its whole over the first epoch, then falls at the milestones`()
    {
      var options = TrainingOptions()
      options.milestones = [2]
      let factor = { options.learningRateFactor(epoch: $0, step: $1, stepsInEpoch: 5) }
      #expect(factor(0, 0) == 0.001)
      #expect(abs(factor(0, 2) - 0.5005) < 1e-12)
      #expect(factor(0, 4) == 1)
      #expect(factor(1, 0) == 1)
      #expect(abs(factor(2, 0) - 0.1) < 1e-12)
    }

    @Test func `the rate of a loader of one batch is whole from the start`() throws {
      var training = training()
      let set = try set(of: 2)
      var rates: [Double] = []
      _ = try training.trainOneEpoch(loader(set)) {
        rates.append($0.learningRate)
        return true
      }
      #expect(rates == [training.options.learningRate])
    }

    @Test
    func `an epoch reports each step with its losses by name and brings the loss down`() throws {
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

    @Test
    func
      `a loss that is NaN stops before the backward pass and names the batch's pictures and boxes`()
      throws
    {
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

    @Test func `gradients are clipped to their greatest norm, which is reported`() throws {
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

    @Test func `bf16 trains: the losses stay finite and near those of fp32`() throws {
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

    @Test
    func
      `a cosine falls to nothing at its last step, and gives the reference's rate at each epoch`()
    {
      var options = TrainingOptions()
      options.schedule = .cosine
      options.cosineSteps = 20
      let factor = { options.learningRateFactor(epoch: $0, step: $1, stepsInEpoch: 5) }
      // CosineAnnealingLR with T_max 4 after 1, 2 and 3 epochs.
      #expect(abs(factor(1, 0) - 0.853_553_39) < 1e-8)
      #expect(abs(factor(2, 0) - 0.5) < 1e-12)
      #expect(abs(factor(3, 0) - 0.146_446_61) < 1e-8)
      #expect(factor(3, 4) < factor(3, 3))
      options.schedule = .constant
      #expect(options.learningRateFactor(epoch: 30, step: 0, stepsInEpoch: 5) == 1)
    }

    @Test
    func `a step of two batches changes the weights as one of a batch of all their pictures`()
      throws
    {
      let set = try set(of: 5)
      func weights(batchSize: Int, accumulated: Int) throws -> (Tensor, [TrainingStep]) {
        var options = TrainingOptions()
        options.accumulatedBatches = accumulated
        Runtime.seed(0)
        var training = Training(SumDetector(), options: options)
        var steps: [TrainingStep] = []
        let plan = BatchPlan(batchSize: batchSize, shuffles: false)
        _ = try training.trainOneEpoch(Loader(set.samples, plan: plan)) {
          steps.append($0)
          return true
        }
        return (training.model.layer.weight, steps)
      }
      let (whole, one) = try weights(batchSize: 4, accumulated: 1)
      let (parts, two) = try weights(batchSize: 2, accumulated: 2)
      #expect((whole - parts).abs().amax().item() < 1e-6)
      #expect(one.map(\.images) == [4, 1] && two.map(\.images) == [4, 1])
      #expect(abs(one[0].loss - two[0].loss) < 1e-5)
    }

    @Test func `AdamW is the optimiser where it is asked for`() throws {
      var options = TrainingOptions()
      options.optimizer = .adamw
      let training = training(options)
      #expect(training.optimizer is AdamW)
      #expect(training.optimizer.groups[0].weightDecay == options.weightDecay)
    }

    @Test func `a step of which no picture can be read changes nothing and is counted`() throws {
      let set = try set(of: 2)
      set.addImage("gone.png", width: 32, height: 32)
      var training = training()
      var steps: [TrainingStep] = []
      var rules: [String] = []
      var weights: [Tensor] = []
      let weight = training.model.conv1.weight
      let loader = Loader(set.samples, plan: BatchPlan(batchSize: 2, shuffles: false))
      let isDone = try training.trainOneEpoch(loader) {
        steps.append($0)
        weights.append(weight.clone())
        return true
      } leftOut: {
        rules.append($0.finding.rule)
      }
      #expect(isDone)
      #expect(rules == ["missing-image-file"])
      #expect(steps.map(\.images) == [2, 0])
      #expect((weights[0] - weights[1]).abs().sum().item() == 0)
    }

    @Test func `training stops early after as many scores without a gain as its patience`() {
      var progress = TrainingProgress()
      for (steps, score, sinceBest) in [(1, 0.1, 0), (2, 0.3, 0), (3, 0.3, 1), (4, .nan, 2)] {
        progress.evaluatedSteps = steps
        progress.add(score)
        #expect(progress.sinceBest == sinceBest)
      }
      #expect((progress.best, progress.bestSteps) == (0.3, 2))
      #expect(progress.isOver(patience: 1))
      #expect(!progress.isOver(patience: 2) && !progress.isOver(patience: nil))
    }

    @Test func `a step that was made counts though its report fails`() throws {
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

/// A detector whose loss is a mean over the pictures of a batch, as those of real ones are.
private struct SumDetector: Detector {
  let layer = Linear(3, 1)

  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    let means = Tensor.stack(images.map { $0.mean(dims: [1, 2]) })
    return Losses([("loss_classifier", (layer(means) - 1).square().mean())])
  }

  func detections(images: [Tensor]) -> [Detections] { [] }
}
