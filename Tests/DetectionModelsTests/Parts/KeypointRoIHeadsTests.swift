import Foundation
import Testing
import Torch

@testable import DetectionModels

/// Figures worked by hand: heatmaps that are flat whatever is seen, and an object in the upper left
/// quarter of the picture, whose own box is the only proposal that is one.
@Suite("KeypointRoIHeads")
struct KeypointRoIHeadsTests {
  private let input = RoIInput(
    maps: [("0", .zeros([1, 1, 4, 4]))], proposals: [Tensor(rows: [[0, 0, 32, 32]])],
    imageSizes: [SpatialSize(height: 32, width: 32)])

  /// An object with two keypoints.
  private func target(_ keypoints: [[Float]]) -> TrainingTarget {
    TrainingTarget(
      boxes: Tensor(rows: [[0, 0, 16, 16]]), labels: Tensor([1]),
      keypoints: Tensor(rows: keypoints).unsqueezed(0))
  }

  @Test func `of a flat map every place is as likely`() throws {
    let losses = heads().losses(input, [target([[8, 8, 2], [4, 4, 1]])])
    #expect(losses.entries.map(\.name) == ["loss_classifier", "loss_box_reg", "loss_keypoint"])
    let loss = try #require(losses["loss_keypoint"])
    // Pooled to 2×2, then four times as fine.
    #expect(abs(loss.item() - log(64)) < 1e-5)
  }

  @Test(
    arguments: [[[8, 8, 0], [0, 0, 0]], [[20, 8, 2], [8, -1, 2]]] as [[[Float]]])
  func `without a keypoint that is labelled and in its box the loss is 0, with gradients`(
    keypoints: [[Float]]
  ) throws {
    let heads = heads()
    let losses = heads.losses(input, [target(keypoints)])
    #expect(losses["loss_keypoint"]?.item() == 0)
    losses.total.backward()
    #expect(heads.state.allSatisfy { $0.tensor.gradient?.isFinite().all().item() == 1 })
  }

  @Test func `a picture without objects has no keypoints to learn`() {
    let nothing = TrainingTarget(
      boxes: .zeros([0, 4]), labels: .zeros([0], dtype: .int64), keypoints: .zeros([0, 2, 3]))
    #expect(heads().losses(input, [nothing])["loss_keypoint"]?.item() == 0)
  }

  @Test func `each detection has all keypoints, in its box`() throws {
    let found = try #require(heads().detections(input).first)
    #expect(found.count == 1)
    #expect(found.keypoints?.shape == [1, 2, 3])
    // The first of 32 pixels.
    #expect(found.keypoints?.scalars(as: Float.self) == [0.5, 0.5, 1, 0.5, 0.5, 1])
    #expect(found.keypointScores?.scalars(as: Float.self) == [0, 0])
  }

  @Test func `keypoints of another number trap`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let tests = KeypointRoIHeadsTests()
      _ = tests.heads().losses(tests.input, [tests.target([[1, 1, 2]])])
    }
    #expect(result.message.contains("expected 2 keypoints of each object, found 1"))
  }

  private func heads() -> KeypointRoIHeads {
    var box = zeroed {
      RoIHeads(
        boxRoIPool: MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 1, samplingRatio: 2),
        boxHead: TwoMLPHead(inFeatures: 1, representationSize: 1),
        boxPredictor: FastRCNNPredictor(inFeatures: 1, numClasses: 2))
    }
    box.sampler = .inOrder
    return KeypointRoIHeads(
      box: box,
      keypointRoIPool: MultiScaleRoIAlign(
        featureMapNames: ["0"], outputSize: 2, samplingRatio: 2),
      keypointHead: zeroed { KeypointRCNNHeads(inChannels: 1, layers: [1]) },
      keypointPredictor: zeroed { KeypointRCNNPredictor(inChannels: 1, numKeypoints: 2) })
  }
}
