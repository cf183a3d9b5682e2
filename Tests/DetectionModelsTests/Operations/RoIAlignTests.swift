import Testing
import Torch

@Suite("RoIAlign")
struct RoIAlignTests {
  @Test
  func `regions and gradients are torchvision's, whatever the sampling, scale and alignment`()
    throws
  {
    try readPart("roi_align", as: PooledRegions.self).check { features, rois, options in
      roiAlign(
        features, rois, outputSize: [3, 2], spatialScale: options.spatialScale,
        samplingRatio: options.samplingRatio ?? -1, aligned: options.aligned ?? false)
    }
  }

  @Test(arguments: [2, -1], [false, true])
  func `gradients are those that finite differences show`(samplingRatio: Int, aligned: Bool) throws
  {
    let rois = Tensor(rows: [[0, 0.5, 1, 4, 3.5], [1, -2, 2, 9, 9], [1, 2, 1, 2.25, 1.5]])
    let weights = Tensor.scattered([3, 3, 2, 3])
    try expectGradient(of: .scattered([2, 3, 5, 6])) { features in
      let pooled = roiAlign(
        features, rois, outputSize: [2, 3], spatialScale: 0.75, samplingRatio: samplingRatio,
        aligned: aligned)
      return (pooled * weights).sum()
    }
  }

  @Test(arguments: [3, 100])
  func `the number of threads changes no bit`(channels: Int) {
    let regions = ManyRegions(channels: channels)
    let pool = { roiAlign($0, $1, outputSize: 7, samplingRatio: 2) }
    #expect(regions.bits(threads: 1, pool) == regions.bits(threads: 2, pool))
  }

  @Test func `a channel among many gets what it gets alone`() {
    let regions = ManyRegions(channels: 40)
    let (features, rois) = (regions.features, regions.rois)
    let together = roiAlign(features, rois, outputSize: 3)
    let alone = (0..<40).map { roiAlign(features[.all, $0..<$0 + 1], rois, outputSize: 3) }
    expectClose(together, .concatenate(alone, dim: 1), tolerance: 1e-6)
  }

  @Test
  func `the order of the features in memory changes no bit, and their gradient takes it over`()
    throws
  {
    let regions = ManyRegions(channels: 40)
    let leaf = regions.features.contiguous(.channelsLast)
    leaf.requiresGradient = true
    let pooled = roiAlign(leaf, regions.rois, outputSize: 3)
    pooled.backward(.linspace(-1, 1, steps: pooled.count).reshaped(pooled.shape))
    let gradient = try #require(leaf.gradient)
    #expect(gradient.isContiguous(.channelsLast))
    #expect(
      regions.bits(threads: 1) { roiAlign($0, $1, outputSize: 3) }
        == [pooled, gradient].map { $0.scalars() })
  }

  @Test(arguments: [DType.bfloat16, .float16])
  func `shorter types are worked in float32`(dtype: DType) {
    let regions = ManyRegions(channels: 9)
    let short = roiAlign(regions.features.to(dtype), regions.rois, outputSize: 3)
    let long = roiAlign(regions.features.to(dtype).to(.float32), regions.rois, outputSize: 3)
    #expect(short.dtype == dtype)
    #expect(short.to(.float32).scalars(as: Float.self) == long.to(dtype).to(.float32).scalars())
  }

  @Test(arguments: HostileRegion.notFinite)
  func `a coordinate that is not finite gives zeros`(region: HostileRegion) {
    for (ratio, aligned) in [(2, false), (-1, false), (2, true), (-1, true)] {
      let pooled = roiAlign(
        .ones([1, 1, 6, 6]), region.tensor, outputSize: 2, samplingRatio: ratio, aligned: aligned)
      #expect(pooled.scalars(as: Float.self) == [0, 0, 0, 0])
    }
  }

  @Test(arguments: HostileRegion.huge)
  func `huge regions give numbers and gradients between 0 and 1`(region: HostileRegion) throws {
    for (ratio, aligned) in [(2, false), (-1, false), (2, true), (-1, true)] {
      let features = Tensor.ones([1, 1, 6, 6])
      features.requiresGradient = true
      let pooled = roiAlign(
        features, region.tensor, outputSize: 2, samplingRatio: ratio, aligned: aligned)
      pooled.sum().backward()
      let gradient = try #require(features.gradient)
      #expect(pooled.scalars(as: Float.self).allSatisfy { (0...1).contains($0) })
      #expect(gradient.scalars(as: Float.self).allSatisfy { (0...1).contains($0) })
    }
  }

  @Test func `of a region much larger than the features only what lies on them counts`() {
    // 20 × 20 of 2000 × 2000 samples, and those within a pixel around, which the edge stands for.
    let rois = Tensor(rows: [[0, -1000, -1000, 1000, 1000]])
    let pooled = roiAlign(.ones([1, 1, 20, 20]), rois, outputSize: 1)
    expectClose(pooled, .full([1, 1, 1, 1], 21 * 21 / 4e6), tolerance: 1e-9)
  }

  @Test func `no region gives no output and a gradient of zeros`() throws {
    let features = Tensor.ones([2, 3, 4, 4])
    features.requiresGradient = true
    let pooled = roiAlign(features, .zeros([0, 5]), outputSize: 7)
    #expect(pooled.shape == [0, 3, 7, 7])
    pooled.sum().backward()
    #expect(try #require(features.gradient).abs().sum().item() == 0)
  }

  @Test(
    arguments: ["2", "-1", "nan"])
  func `the index of an image that is not there traps and is named`(index: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index] in
      let rois = Tensor(rows: [[0, 0, 0, 1, 1], [Float(index) ?? 0, 0, 0, 1, 1]])
      _ = roiAlign(.ones([2, 1, 4, 4]), rois, outputSize: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("expected the index of one of 2 images, found \(index) in region 1"))
  }
}
