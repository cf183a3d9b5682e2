import Testing
import Torch

@Suite("RoIPool")
struct RoIPoolTests {
  @Test func `regions and gradients are torchvision's at every scale`() throws {
    try readPart("roi_pool", as: PooledRegions.self).check { features, rois, options in
      roiPool(features, rois, outputSize: [3, 2], spatialScale: options.spatialScale)
    }
  }

  @Test func `gradients are those that finite differences show`() throws {
    let rois = Tensor(rows: [[0, 0.5, 1, 4, 3.5], [1, -2, 2, 9, 9], [1, 2, 1, 2.25, 1.5]])
    let weights = Tensor.scattered([3, 3, 2, 3])
    try expectGradient(of: .scattered([2, 3, 5, 6])) { features in
      (roiPool(features, rois, outputSize: [2, 3], spatialScale: 0.75) * weights).sum()
    }
  }

  @Test func `the number of threads changes no bit`() {
    let regions = ManyRegions(channels: 20)
    let pool = { roiPool($0, $1, outputSize: 4) }
    #expect(regions.bits(threads: 1, pool) == regions.bits(threads: 2, pool))
  }

  @Test(arguments: HostileRegion.notFinite.prefix(6))
  func `a coordinate that is not finite gives zeros`(region: HostileRegion) {
    let pooled = roiPool(.ones([1, 1, 6, 6]), region.tensor, outputSize: 2)
    #expect(pooled.scalars(as: Float.self) == [0, 0, 0, 0])
  }

  @Test(arguments: HostileRegion.huge)
  func `huge regions give maxima of the features or zero`(region: HostileRegion) {
    let pooled = roiPool(.ones([1, 1, 6, 6]), region.tensor, outputSize: 2)
    #expect(pooled.scalars(as: Float.self).allSatisfy { $0 == 0 || $0 == 1 })
  }

  @Test func `NaN in a bin is its maximum`() {
    let features = Tensor([1, .nan, 3, 4] as [Float], shape: [1, 1, 2, 2])
    let pooled = roiPool(features, Tensor(rows: [[0, 0, 0, 1, 1]]), outputSize: 1)
    #expect(pooled.item().isNaN)
  }

  @Test func `the index of an image that is not there traps and is named`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = roiPool(.ones([2, 1, 4, 4]), Tensor(rows: [[2, 0, 0, 1, 1]]), outputSize: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("expected the index of one of 2 images, found 2 in region 0"))
  }
}
