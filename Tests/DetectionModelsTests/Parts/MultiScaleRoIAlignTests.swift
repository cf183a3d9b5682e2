import Testing
import Torch

@testable import DetectionModels

@Suite("MultiScaleRoIAlign")
struct MultiScaleRoIAlignTests {
  struct Figures: Decodable {
    struct Levels: Decodable {
      let lowest: Int
      let highest: Int
      let boxes: [[Float]]
      let levels: [Int]
    }

    struct Scales: Decodable {
      let maps: [[Int]]
      let images: [[Int]]
      let scales: [Double]
    }

    struct Map: Decodable {
      let shape: [Int]
      let values: [Float]
    }

    struct Pooled: Decodable {
      let maps: [String: Map]
      let images: [[Int]]
      let boxes: [[[Float]]]
      let featureMapNames: [String]
      let outputSize: [Int]
      let samplingRatio: Int
      let output: [Float]
    }

    let levels: [Levels]
    let scales: [Scales]
    let pooled: Pooled
  }

  private let figures: Figures

  init() throws {
    figures = try readPart("multiscale_roi_align", as: Figures.self)
  }

  @Test func `each box belongs to torchvision's level, also at the sides where it changes`() {
    let pool = MultiScaleRoIAlign.pyramid(outputSize: 7)
    for expected in figures.levels {
      let scales = (expected.lowest...expected.highest).map {
        Double(sign: .plus, exponent: -$0, significand: 1)
      }
      #expect(
        pool.levels(of: Tensor(rows: expected.boxes), scales).scalars() == expected.levels)
    }
  }

  @Test func `scales are inferred as in torchvision`() {
    let pool = MultiScaleRoIAlign.pyramid(outputSize: 7)
    for expected in figures.scales {
      #expect(
        pool.scales(imageSizes(expected.maps), imageSizes(expected.images)) == expected.scales)
    }
  }

  @Test func `boxes of two pictures are pooled from the maps that torchvision takes`() {
    let given = figures.pooled
    let pool = MultiScaleRoIAlign(
      featureMapNames: given.featureMapNames, outputSize: imageSizes([given.outputSize])[0],
      samplingRatio: given.samplingRatio)
    let pooled = pool(maps, given.boxes.map { Tensor(rows: $0) }, imageSizes(given.images))
    expectClose(pooled, Tensor(given.output, shape: [6, 2, 3, 2]))
  }

  @Test func `each batch has scales of its own`() {
    let map = Tensor.linspace(0, 1, steps: 16).reshaped([1, 1, 4, 4])
    let pool = MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 1, samplingRatio: 2)
    let pooled = [16, 64].map { side -> Float in
      let box = Tensor(rows: [[0, 0, Float(side), Float(side)]])
      return Float(pool([("0", map)], [box], [SpatialSize(height: side, width: side)]).item())
    }
    #expect(pooled[0] == pooled[1])
  }

  @Test func `a picture without boxes leaves the others theirs`() {
    let boxes = Tensor(rows: figures.pooled.boxes[1])
    let pool = MultiScaleRoIAlign.pyramid(outputSize: 2, maps: 2)
    let images = imageSizes(figures.pooled.images)
    let pooled = pool(maps, [.zeros([0, 4]), boxes], images)
    #expect(pooled.shape == [3, 2, 2, 2])
    let alone = maps.map { (name: $0.name, map: $0.map[1..<2]) }
    // The first picture is the higher one, by which the scales are inferred.
    expectClose(pooled, pool(alone, [boxes], [images[0]]), tolerance: 1e-6)
    #expect(pool(maps, [.zeros([0, 4]), .zeros([0, 4])], images).shape == [0, 2, 2, 2])
  }

  @Test(
    arguments: [Float.nan, .infinity, -.infinity])
  func `a box with a coordinate that is not a finite number is pooled to zeros`(coordinate: Float) {
    let boxes = Tensor(rows: [[0, 0, coordinate, 16], [0, 0, 64, 64]])
    let pool = MultiScaleRoIAlign.pyramid(outputSize: 1, maps: 2)
    let ones = maps.map { (name: $0.name, map: Tensor.ones($0.map.shape)) }
    let pooled = pool(ones, [boxes, .zeros([0, 4])], imageSizes(figures.pooled.images))
    #expect(pooled.scalars(as: Float.self) == [0, 0, 1, 1])
  }

  @Test func `without the map that fits a box the coarser one next to it is taken`() {
    let pool = MultiScaleRoIAlign(featureMapNames: ["0", "2"], outputSize: 1, samplingRatio: 2)
    let maps: FeatureMaps = [("0", .zeros([1, 1, 64, 64])), ("2", .ones([1, 1, 16, 16]))]
    let boxes = Tensor(rows: [[0, 0, 50, 50], [0, 0, 150, 150], [0, 0, 230, 230]])
    let pooled = pool(maps, [boxes], [SpatialSize(height: 256, width: 256)])
    #expect(pooled.scalars(as: Float.self) == [0, 1, 1])
  }

  @Test func `a map that is not there traps and the names are told`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let pool = MultiScaleRoIAlign.pyramid(outputSize: 1, maps: 2)
      _ = pool(
        [("0", .zeros([1, 1, 4, 4]))], [.zeros([0, 4])], [SpatialSize(height: 16, width: 16)])
    }
    #expect(result.message.contains(#"expected feature maps ["0", "1"], found 1 of them"#))
  }

  private var maps: FeatureMaps {
    figures.pooled.maps.sorted { $0.key < $1.key }.map {
      ($0.key, Tensor($0.value.values, shape: $0.value.shape))
    }
  }
}
