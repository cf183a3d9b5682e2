import COCO
import DetectionMetrics
import DetectionModels
import Engine
import Foundation
import Testing
import Torch

/// Finds what it was told to find, whatever it sees.
private struct Oracle: Detector {
  let boxes: [[Float]]
  let masks: InstanceMasks?

  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses { Losses([]) }

  func detections(images: [Tensor]) -> [Detections] {
    images.map { _ in
      Detections(
        boxes: Tensor(boxes.flatMap { $0 }, shape: [boxes.count, 4]),
        labels: Tensor(boxes.map { _ in 1 as Int64 }), scores: Tensor.ones([boxes.count]),
        masks: masks)
    }
  }
}

/// Finds the whole of each picture, and takes longer over wide ones.
private struct Frame: Detector {
  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses { Losses([]) }

  func detections(images: [Tensor]) -> [Detections] {
    images.map { image in
      let (height, width) = (image.size(1), image.size(2))
      if width > 40 { Thread.sleep(forTimeInterval: 0.2) }
      return Detections(
        boxes: Tensor([0, 0, Float(width), Float(height)], shape: [1, 4]),
        labels: Tensor([1 as Int64]), scores: .ones([1]))
    }
  }
}

@Suite("Evaluation of detectors")
struct DetectorEvaluationTests {
  @Test func `perfect detections score 1, with the samples alone evaluated`() async throws {
    let set = try DrawnSet()
    try set.add([(1, .at(2, 2, 12, 12))])
    try set.add([(1, .at(20, 20, 30, 30)), (2, .at(2, 2, 12, 12))])
    let scores = try await DetectorEvaluation(set.samples.subset([0]))
      .evaluate(Oracle(boxes: [[2, 2, 12, 12]], masks: nil))
    #expect(abs(scores.ap50 - 1) < 1e-12)
    #expect(abs(scores.ap - 1) < 1e-12)
    #expect(scores.ap50PerCategory.map(\.category.name) == ["square"])
    #expect(scores.detections.map(\.count) == [1])
    #expect(scores.findings == [])
  }

  @Test
  func `a box that is missed and a category that is not found lower the score`() async throws {
    let set = try DrawnSet()
    try set.add([(1, .at(2, 2, 12, 12)), (2, .at(20, 20, 30, 30))])
    let scores = try await DetectorEvaluation(set.samples)
      .evaluate(Oracle(boxes: [[2, 2, 12, 12]], masks: nil))
    #expect(abs(scores.ap50 - 0.5) < 1e-12)
    #expect(scores.ap50PerCategory.map { $0.value.rounded() } == [1, 0])
  }

  @Test
  func `detections are in the samples' order, whichever picture is done first`() async throws {
    let set = try DrawnSet()
    let widths = [64, 8, 16, 24, 48, 32]
    for width in widths { try set.add(width: width, [(1, .at(0, 0, Double(width), 32))]) }
    let scores = try await DetectorEvaluation(set.samples).evaluate(Frame())
    #expect(scores.detections.map { $0.map(\.imageID) } == (1...6).map { [$0] })
    #expect(scores.detections.map { $0.first?.box?.x1 } == widths.map(Double.init))
    #expect(abs(scores.ap - 1) < 1e-12)
  }

  @Test
  func `a picture that cannot be read is named and not evaluated on, and all others are`()
    async throws
  {
    let set = try DrawnSet()
    set.addImage("nowhere.png", width: 32, height: 32)
    set.addAnnotation(1, .at(2, 2, 12, 12))
    try set.add([(1, .at(2, 2, 12, 12))])
    let scores = try await DetectorEvaluation(set.samples)
      .evaluate(Oracle(boxes: [[2, 2, 12, 12]], masks: nil))
    #expect(scores.leftOut.map(\.finding.rule) == ["missing-image-file"])
    #expect(scores.detections.map(\.isEmpty) == [true, false])
    #expect(abs(scores.ap50 - 1) < 1e-12)
  }

  @Test func `masks are evaluated where the samples have them`() async throws {
    let set = try DrawnSet()
    try set.add([])
    let box = RunLengthMask.rectangle(x: 8..<24, y: 4..<20, height: 32, width: 32)
    set.addAnnotation(1, .at(8, 4, 24, 20), segmentation: .runLengths(box))
    let full = InstanceMasks(
      probabilities: .ones([1, 28, 28]), boxes: Tensor([8, 4, 24, 20] as [Float], shape: [1, 4]),
      imageSize: SpatialSize(height: 32, width: 32))
    let scores = try await DetectorEvaluation(set.maskedSamples)
      .evaluate(Oracle(boxes: [[8, 4, 24, 20]], masks: full))
    #expect(scores.masks?.stats.first.map { $0 > 0.8 } == true)
    #expect(abs(scores.ap50 - 1) < 1e-12)
  }
}

extension RunLengthMask {
  fileprivate static func rectangle(
    x: Range<Int>, y: Range<Int>, height: Int, width: Int
  ) -> RunLengthMask {
    let pixels = (0..<height).flatMap { row in
      (0..<width).map { x.contains($0) && y.contains(row) ? 1 as UInt8 : 0 }
    }
    return RunLengthMask(pixels: pixels, height: height, width: width)
  }
}
