import Testing
import Torch

@Suite("RoIPool")
struct RoIPoolTests {
  @Test("regions and gradients are torchvision's at every scale")
  func torchvision() throws {
    try readPart("roi_pool", as: PooledRegions.self).check { features, rois, options in
      roiPool(features, rois, outputSize: [3, 2], spatialScale: options.spatialScale)
    }
  }

  @Test("gradients are those that finite differences show")
  func finiteDifferences() throws {
    let rois = Tensor(rows: [[0, 0.5, 1, 4, 3.5], [1, -2, 2, 9, 9], [1, 2, 1, 2.25, 1.5]])
    let weights = Tensor.scattered([3, 3, 2, 3])
    try expectGradient(of: .scattered([2, 3, 5, 6])) { features in
      (roiPool(features, rois, outputSize: [2, 3], spatialScale: 0.75) * weights).sum()
    }
  }

  @Test("the number of threads changes no bit")
  func threads() {
    let regions = ManyRegions(channels: 20)
    let pool = { roiPool($0, $1, outputSize: 4) }
    #expect(regions.bits(threads: 1, pool) == regions.bits(threads: 2, pool))
  }

  @Test("a coordinate that is not finite gives zeros", arguments: HostileRegion.notFinite.prefix(6))
  func notFinite(region: HostileRegion) {
    let pooled = roiPool(.ones([1, 1, 6, 6]), region.tensor, outputSize: 2)
    #expect(pooled.scalars(as: Float.self) == [0, 0, 0, 0])
  }

  @Test("huge regions give maxima of the features or zero", arguments: HostileRegion.huge)
  func huge(region: HostileRegion) {
    let pooled = roiPool(.ones([1, 1, 6, 6]), region.tensor, outputSize: 2)
    #expect(pooled.scalars(as: Float.self).allSatisfy { $0 == 0 || $0 == 1 })
  }

  @Test("NaN in a bin is its maximum")
  func features() {
    let features = Tensor([1, .nan, 3, 4] as [Float], shape: [1, 1, 2, 2])
    let pooled = roiPool(features, Tensor(rows: [[0, 0, 0, 1, 1]]), outputSize: 1)
    #expect(pooled.item().isNaN)
  }

  @Test("the index of an image that is not there traps and is named")
  func imageIndex() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = roiPool(.ones([2, 1, 4, 4]), Tensor(rows: [[2, 0, 0, 1, 1]]), outputSize: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("expected the index of one of 2 images, found 2 in region 0"))
  }
}
