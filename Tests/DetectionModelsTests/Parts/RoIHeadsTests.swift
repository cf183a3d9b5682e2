import Foundation
import Testing
import Torch

@testable import DetectionModels

/// Figures worked by hand: three classes with logits 0, 1 and 2 whatever is seen, and an object of
/// class 2 that covers a quarter of the proposal.
@Suite("RoIHeads")
struct RoIHeadsTests {
  private let input = RoIInput(
    maps: [("0", .zeros([1, 1, 4, 4]))], proposals: [Tensor(rows: [[0, 0, 32, 32]])],
    imageSizes: [SpatialSize(height: 32, width: 32)])
  private let target = TrainingTarget(
    boxes: Tensor(rows: [[0, 0, 16, 16]]), labels: Tensor([2]),
    masks: .ones([1, 32, 32], dtype: .uint8))
  private let nothing = TrainingTarget(
    boxes: .zeros([0, 4]), labels: .zeros([0], dtype: .int64),
    masks: .zeros([0, 32, 32], dtype: .uint8))
  /// Of logits 0, 1, 2.
  private let logSum = log(1 + exp(1.0) + exp(2.0))

  @Test func `the proposal is background and the object's own box an object`() throws {
    let loss = try #require(heads().losses(input, [target])["loss_classifier"])
    #expect(abs(loss.item() - (logSum + logSum - 2) / 2) < 1e-6)
  }

  @Test
  func `offsets count of the object's class alone, by the number of all that were drawn`() throws {
    let heads = heads()
    heads.boxPredictor.bboxPred.bias?.set([9, 9, 9, 9, 9, 9, 9, 9, 1, 0, 0, 0])
    let loss = try #require(heads.losses(input, [target])["loss_box_reg"])
    // 1 less half of β = 1/9, of two.
    #expect(abs(loss.item() - (1 - 1 / 18.0) / 2) < 1e-6)
  }

  @Test func `a proposal between the thresholds is not learnt from`() throws {
    let heads = heads { $0.backgroundIoUThreshold = 0.2 }
    let loss = try #require(heads.losses(input, [target])["loss_classifier"])
    #expect(abs(loss.item() - (logSum - 2)) < 1e-6)
  }

  @Test
  func `a picture without objects has background alone, and gradients that are numbers`() throws {
    let heads = maskHeads()
    let losses = heads.losses(input, [nothing])
    #expect(losses.entries.map(\.name) == ["loss_classifier", "loss_box_reg", "loss_mask"])
    #expect(abs(losses.total.item() - logSum) < 1e-6)
    losses.total.backward()
    let parameters = heads.state.map(\.tensor)
    #expect(parameters.allSatisfy { $0.gradient?.isFinite().all().item() == 1 })
  }

  @Test func `masks count of the object's class alone, and not of background`() throws {
    let loss = try #require(maskHeads().losses(input, [target])["loss_mask"])
    #expect(abs(loss.item() - log1p(exp(-2.0))) < 1e-6)
  }

  @Test
  func `every class but the background is a detection, from the most certain one on`() throws {
    let found = try #require(heads().detections(input).first)
    #expect(found.labels.scalars() == [2, 1])
    expectClose(found.scores, Tensor([exp(2 - logSum), exp(1 - logSum)]).to(.float32))
    #expect(found.boxes.scalars(as: Float.self) == [0, 0, 32, 32, 0, 0, 32, 32])
  }

  @Test func `uncertain, small and surplus detections go`() {
    let few = { (change: (inout RoIOptions) -> Void) in
      self.heads(change).detections(self.input)[0].labels.scalars(as: Int.self)
    }
    #expect(few { $0.scoreThreshold = 0.3 } == [2])
    #expect(few { $0.detectionsPerImage = 1 } == [2])
    let thin = RoIInput(
      maps: input.maps, proposals: [Tensor(rows: [[0, 0, 0.009, 32], [8, 0, 8.011, 32]])],
      imageSizes: input.imageSizes)
    #expect(heads().detections(thin)[0].count == 2)
  }

  @Test func `a class that there is not traps`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let tests = RoIHeadsTests()
      let target = TrainingTarget(boxes: Tensor(rows: [[0, 0, 16, 16]]), labels: Tensor([3]))
      _ = tests.heads().losses(tests.input, [target])
    }
    #expect(result.message.contains("expected labels below 3, found 3"))
  }

  private func heads(_ change: (inout RoIOptions) -> Void = { _ in }) -> RoIHeads {
    var options = RoIOptions()
    change(&options)
    var heads = zeroed {
      RoIHeads(
        boxRoIPool: MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 1, samplingRatio: 2),
        boxHead: TwoMLPHead(inFeatures: 1, representationSize: 1),
        boxPredictor: FastRCNNPredictor(inFeatures: 1, numClasses: 3), options: options)
    }
    heads.boxPredictor.clsScore.bias?.set([0, 1, 2])
    heads.sampler = .inOrder
    return heads
  }

  private func maskHeads() -> MaskRoIHeads {
    let box = heads()
    let predictor = zeroed {
      MaskRCNNPredictor(inChannels: 1, dimReduced: 1, numClasses: 3)
    }
    predictor.maskFcnLogits.bias?.set([0, 1, 2])
    return MaskRoIHeads(
      box: box,
      maskRoIPool: MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 2, samplingRatio: 2),
      maskHead: zeroed { MaskRCNNHeads(inChannels: 1, layers: [1]) }, maskPredictor: predictor)
  }
}
