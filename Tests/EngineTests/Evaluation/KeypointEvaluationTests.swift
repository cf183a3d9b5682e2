import COCO
import DetectionMetrics
import DetectionModels
import Engine
import Testing
import Torch

/// Finds one object with keypoints at these places, whatever it sees.
private struct Pointer: Detector {
  let places: [Float]

  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses { Losses([]) }

  func detections(images: [Tensor]) -> [Detections] {
    images.map { _ in
      var found = Detections(
        boxes: Tensor([2, 2, 20, 20] as [Float], shape: [1, 4]), labels: Tensor([1 as Int64]),
        scores: .ones([1]))
      found.keypoints = Tensor(places, shape: [1, places.count / 3, 3])
      return found
    }
  }
}

@Suite("Evaluation of keypoints")
struct KeypointEvaluationTests {
  private func scores(_ places: [Float], _ keypoints: [Double]?) async throws -> DetectorScores {
    let set = try DrawnSet()
    try set.add([])
    set.addAnnotation(1, .at(2, 2, 20, 20), keypoints: keypoints)
    let samples = DetectionSamples(
      set.dataset, folder: set.folder, keypoints: KeypointLayout(count: 2))
    return try await DetectorEvaluation(samples).evaluate(Pointer(places: places))
  }

  @Test func `keypoints in their places score 1, and decide the score`() async throws {
    let scores = try await scores([5, 6, 1, 12, 14, 1], [5, 6, 2, 12, 14, 1])
    #expect(abs(scores.ap - 1) < 1e-12)
    #expect(scores.keypoints?.summary.count == 10)
    #expect(abs((scores.boxes.stats.first ?? 0) - 1) < 1e-12)
  }

  @Test func `keypoints elsewhere score 0, however good the box`() async throws {
    let scores = try await scores([25, 26, 1, 30, 2, 1], [5, 6, 2, 12, 14, 1])
    #expect(scores.ap == 0)
    #expect(scores.ap50 == 0)
    #expect(abs((scores.boxes.stats.first ?? 0) - 1) < 1e-12)
  }

  @Test func `a keypoint that is not labelled counts for nothing`() async throws {
    let scores = try await scores([5, 6, 1, 30, 2, 1], [5, 6, 2, 0, 0, 0])
    #expect(abs(scores.ap - 1) < 1e-12)
  }

  @Test func `an object without keypoints is ignored, and is no finding`() async throws {
    let scores = try await scores([5, 6, 1, 30, 2, 1], nil)
    #expect(scores.keypoints?.stats.first == -1)
    #expect(scores.findings == [])
  }

  @Test func `detections become COCO's records with x, y and 1 of each keypoint`() async throws {
    let scores = try await scores([5, 6, 1, 12, 14.5, 1], [5, 6, 2, 12, 14, 1])
    #expect(scores.detections.first?.first?.keypoints == [5, 6, 1, 12, 14.5, 1])
  }
}
