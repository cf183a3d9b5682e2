import Testing

@testable import Torch

/// What runs where tensors are not on the processor, compared there with what runs on it.
@Suite("Operations composed of libtorch's operators")
struct ComposedOperationTests {
  @Test(arguments: [2, -1], [false, true])
  func `RoIAlign and its gradient are the kernel's`(samplingRatio: Int, aligned: Bool) throws {
    let regions = ManyRegions(channels: 5)
    try compare(regions) { features, rois, composed in
      roiAlign(
        features, rois, outputSize: [3, 2], spatialScale: 0.75, samplingRatio: samplingRatio,
        aligned: aligned, composed: composed)
    }
  }

  @Test func `RoIPool and its gradient are the kernel's`() throws {
    try compare(ManyRegions(channels: 5)) { features, rois, composed in
      roiPool(features, rois, outputSize: [3, 2], spatialScale: 0.75, composed: composed)
    }
  }

  @Test func `without a region nothing is pooled, and the gradient is zero`() throws {
    let features = Tensor.ones([2, 3, 4, 4])
    features.requiresGradient = true
    let none = Tensor.zeros([0, 5])
    let aligned = roiAlign(features, none, outputSize: 7, composed: true)
    let pooled = roiPool(features, none, outputSize: 7, composed: true)
    #expect(aligned.shape == [0, 3, 7, 7])
    #expect(pooled.shape == [0, 3, 7, 7])
    (aligned.sum() + pooled.sum()).backward()
    #expect(try #require(features.gradient).abs().sum().item() == 0)
  }

  @Test(arguments: HostileRegion.notFinite)
  func `regions that are not finite give zeros`(region: HostileRegion) {
    let pooled = roiAlign(.ones([1, 1, 6, 6]), region.tensor, outputSize: 2, composed: true)
    #expect(pooled.scalars(as: Float.self) == [0, 0, 0, 0])
  }

  @Test(arguments: [DType.bfloat16, .float16])
  func `shorter types come back as they are`(dtype: DType) {
    let regions = ManyRegions(channels: 5)
    let features = regions.features.to(dtype)
    let own = roiAlign(features, regions.rois, outputSize: 3)
    let composed = roiAlign(features, regions.rois, outputSize: 3, composed: true)
    #expect(composed.dtype == dtype)
    expectClose(composed.to(.float32), own.to(.float32), tolerance: 1e-2)
  }

  @Test(arguments: [0, 1, 300, 999, 1001, 1500])
  func `the same boxes stay in the same order`(count: Int) {
    Runtime.seed(UInt64(count))
    let corners = Tensor.rand([count, 2]) * 60
    let boxes = Tensor.concatenate([corners, corners + Tensor.rand([count, 2]) * 30], dim: 1)
    // Scores of which many are equal.
    let scores = (Tensor.rand([count]) * 40).floor() / 40
    let classes = (Tensor.rand([count]) * 5).floor().to(.int64)
    for threshold in [0.1, 0.5, 0.9] {
      let own = nms(boxes, scores, iouThreshold: threshold)
      let composed = nms(boxes, scores, iouThreshold: threshold, composed: true)
      #expect(composed.scalars(as: Int.self) == own.scalars())
      let ownByClass = batchedNMS(boxes, scores, classes, iouThreshold: threshold)
      let byClass = batchedNMS(boxes, scores, classes, iouThreshold: threshold, composed: true)
      #expect(byClass.scalars(as: Int.self) == ownByClass.scalars())
    }
  }

  @Test func `boxes without an area, or with NaN, stay and suppress nothing`() {
    let boxes = Tensor(
      [1, 1, 1, 1, 1, 1, 1, 1, .nan, 0, 4, 4, 0, 0, 4, 4, 0, .nan, 4, 4] as [Float], shape: [5, 4])
    let scores = Tensor([0.9, .nan, 0.7, 0.6, 0.5] as [Float])
    let own = nms(boxes, scores, iouThreshold: 0.5)
    #expect(
      nms(boxes, scores, iouThreshold: 0.5, composed: true).scalars(as: Int.self) == own.scalars())
  }

  @Test(arguments: [2.0, 1.5])
  func `the focal loss and its gradient are the kernel's`(gamma: Double) throws {
    let classes = Tensor([0, -1, 2, -2, 1, -1])
    let results = try [false, true].map { composed in
      let logits = Tensor.scattered([6, 3]) * 30
      logits.requiresGradient = true
      let loss = focalLoss(
        logits, classes: classes, alpha: 0.25, gamma: gamma, composed: composed)
      loss.backward()
      return (loss, try #require(logits.gradient))
    }
    expectClose(results[1].0, results[0].0, tolerance: 1e-9)
    expectClose(results[1].1, results[0].1, tolerance: 1e-9)
  }

  private func compare(
    _ regions: ManyRegions, _ pool: (Tensor, Tensor, Bool) -> Tensor
  ) throws {
    let results = try [false, true].map { composed in
      let features = regions.features.to(.float64)
      features.requiresGradient = true
      let pooled = pool(features, regions.rois.to(.float64), composed)
      pooled.backward(Tensor.scattered(pooled.shape))
      return (pooled, try #require(features.gradient))
    }
    expectClose(results[1].0, results[0].0, tolerance: 1e-9)
    expectClose(results[1].1, results[0].1, tolerance: 1e-9)
  }
}
