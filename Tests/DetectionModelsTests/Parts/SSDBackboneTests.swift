import Testing
import Torch

@testable import DetectionModels

@Suite("Backbones of SSD")
struct SSDBackboneTests {
  /// A network of the zoo, and the sides of its maps for pictures of a side.
  static let cases: [(name: String, side: Int, maps: [Int])] = [
    ("vgg11", 300, [38, 19, 10, 5, 3, 1]),
    ("vgg11_bn", 320, [40, 20, 10, 5, 3, 1]),
    ("mobilenet_v3_large", 320, [20, 10, 5, 3, 2, 1]),
    ("mobilenet_v3_small", 72, [5, 3, 2, 1, 1, 1]),
  ]

  private func backbone(_ name: String) throws -> any SSDBackbone {
    try withoutDraws {
      var configuration = SSDBackboneConfiguration()
      configuration.name = name
      switch try configuration.network() {
      case .vgg(let vgg): return try SSDFeatureExtractorVGG(vgg)
      case .mobileNet(let mobileNet, let norm):
        return try SSDLiteFeatureExtractor(mobileNet, norm: norm)
      }
    }
  }

  @Test(arguments: cases)
  func `maps have the sizes and the channels that are said of them`(
    name: String, side: Int, maps: [Int]
  ) throws {
    let backbone = try backbone(name)
    let found = withoutGradients {
      backbone.features(.zeros([1, 3, side, side]), .inference)
    }
    #expect(found.map(\.shape) == zip(backbone.outChannels, maps).map { [1, $0, $1, $1] })
    #expect(
      backbone.mapSizes(of: SpatialSize(height: side, width: side))
        == maps.map { SpatialSize(height: $0, width: $0) })
  }

  @Test func `of a picture that is too small no map is left`() throws {
    let sizes = try backbone("vgg11").mapSizes(of: SpatialSize(height: 256, width: 300))
    #expect(sizes.last == SpatialSize(height: 0, width: 1))
  }
}
