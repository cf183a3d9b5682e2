import DetectionModels
import Testing
import Torch

@Suite("AnchorGenerator")
struct AnchorGeneratorTests {
  struct Figures: Decodable {
    struct Case: Decodable {
      let name: String
      let sizes: [[Double]]
      let aspectRatios: [[Double]]
      /// Height and width, of the picture with what is filled and of each map.
      let image: [Int]
      let grids: [[Int]]
      let cellAnchors: [[Float]]
      let anchors: [[Float]]

      func generator() throws -> AnchorGenerator {
        try AnchorGenerator(sizes: sizes, aspectRatios: aspectRatios)
      }
    }

    let cases: [Case]
  }

  private let cases: [Figures.Case]

  init() throws {
    cases = try readPart("anchors", as: Figures.self).cases
  }

  @Test func `anchors of all maps are torchvision's, number by number`() throws {
    for expected in cases {
      let anchors = try expected.generator()(
        imageSize: SpatialSize(height: expected.image[0], width: expected.image[1]),
        maps: expected.grids.map { .zeros([1, 1] + $0) })
      #expect(anchors.count == expected.grids.count, "\(expected.name)")
      let rows = Tensor.concatenate(anchors)
      #expect(rows.shape == [expected.anchors.count, 4], "\(expected.name)")
      #expect(rows.scalars() == expected.anchors.flatMap { $0 }, "\(expected.name)")
    }
  }

  @Test(
    arguments: [
      (DType.float64, DType.float64), (.float32, .float32), (.bfloat16, .float32),
    ])
  func `anchors are of their map's type, of 32 bits at least`(ofMap: DType, ofAnchors: DType) throws
  {
    let anchors = try AnchorGenerator(sizes: [32], aspectRatios: [1])(
      imageSize: SpatialSize(height: 32, width: 32), maps: [.zeros([1, 1, 2, 2], dtype: ofMap)])
    #expect(anchors.map(\.dtype) == [ofAnchors])
  }

  @Test func `anchors around the origin are torchvision's, shape by shape`() throws {
    for expected in cases {
      let generator = try expected.generator()
      #expect(
        generator.cellAnchors.map { $0.scalars() } == expected.cellAnchors, "\(expected.name)")
      #expect(
        generator.anchorsPerLocation == expected.cellAnchors.map { $0.count / 4 },
        "\(expected.name)")
    }
  }

  @Test func `one size for each map is a list of one`() throws {
    let generator = try AnchorGenerator(sizes: [32, 64], aspectRatios: [0.5, 1])
    #expect(generator.sizes == [[32], [64]])
    #expect(generator.aspectRatios == [[0.5, 1], [0.5, 1]])
  }

  @Test func `RetinaNet's sizes stand a third of an octave apart`() {
    let octave = [32.0, 64, 128, 256, 512].map { size in
      // Not of powers: 2^⅓ and 2^⅔ in float64, cut to whole numbers.
      [
        size, (size * 1.259_921_049_894_873_2).rounded(.down),
        (size * 1.587_401_051_968_199_4).rounded(.down),
      ]
    }
    #expect(AnchorGenerator.retinaNet.sizes == octave)
    #expect(AnchorGenerator.retinaNet.anchorsPerLocation == [9, 9, 9, 9, 9])
  }

  @Test func `Faster R-CNN has a size for each of five maps`() {
    #expect(AnchorGenerator.fasterRCNN.sizes == [[32], [64], [128], [256], [512]])
    #expect(AnchorGenerator.fasterRCNN.anchorsPerLocation == [3, 3, 3, 3, 3])
  }

  @Test func `another number of maps than lists of sizes traps`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = AnchorGenerator.fasterRCNN(
        imageSize: SpatialSize(height: 32, width: 32), maps: [.zeros([1, 1, 8, 8])])
    }
    #expect(result.message.contains("expected 5 feature maps, found 1"))
  }
}
