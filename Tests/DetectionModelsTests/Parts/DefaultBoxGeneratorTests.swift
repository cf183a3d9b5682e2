import Testing
import Torch

@testable import DetectionModels

@Suite("DefaultBoxGenerator")
struct DefaultBoxGeneratorTests {
  struct Figures: Decodable {
    struct Case: Decodable {
      let name: String
      let options: DefaultBoxConfiguration
      /// Height and width, of the picture and of each map.
      let image: [Int]
      let grids: [[Int]]
      let boxesPerLocation: [Int]
      let boxes: [[Float]]
    }

    let cases: [Case]
  }

  private func boxes(
    _ generator: DefaultBoxGenerator, image: [Int], grids: [[Int]], dtype: DType = .float32
  ) -> [Tensor] {
    generator(
      imageSize: SpatialSize(height: image[0], width: image[1]),
      maps: grids.map { .zeros([1, 1] + $0, dtype: dtype) })
  }

  @Test func `boxes of all maps are torchvision's, by its arguments`() throws {
    for expected in try readPart("default_boxes", as: Figures.self).cases {
      let generator = try expected.options.generator()
      #expect(generator.boxesPerLocation == expected.boxesPerLocation, "\(expected.name)")
      let boxes = boxes(generator, image: expected.image, grids: expected.grids)
      #expect(boxes.count == expected.grids.count, "\(expected.name)")
      expectClose(.concatenate(boxes), Tensor(rows: expected.boxes), tolerance: 1e-6)
    }
  }

  @Test func `SSD300 and SSDLite have torchvision's numbers of boxes`() {
    let ssd = boxes(
      .ssd300, image: [300, 300], grids: [38, 19, 10, 5, 3, 1].map { [$0, $0] })
    #expect(ssd.map { $0.size(0) }.reduce(0, +) == 8732)
    let lite = boxes(
      .ssdLite, image: [320, 320], grids: [20, 10, 5, 3, 2, 1].map { [$0, $0] })
    #expect(lite.map { $0.size(0) }.reduce(0, +) == 3234)
  }

  @Test(
    arguments: [(DType.float64, DType.float64), (.float32, .float32), (.bfloat16, .float32)])
  func `boxes are of their map's type, of 32 bits at least`(ofMap: DType, ofBoxes: DType) throws {
    let generator = try DefaultBoxGenerator(aspectRatios: [[2]])
    let boxes = boxes(generator, image: [32, 32], grids: [[2, 2]], dtype: ofMap)
    #expect(boxes.map(\.dtype) == [ofBoxes])
  }
}
