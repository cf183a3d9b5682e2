import Testing
import Torch

@testable import DetectionModels

@Suite("Backbones by configuration")
struct BackboneConfigurationTests {
  /// A network, and the sides of its maps of a picture of 64 pixels.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let pyramid: [Int]
    /// Channels of the last map.
    let channels: Int
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "resnet18", pyramid: [16, 8, 4, 2, 1], channels: 512),
    Case(name: "vgg11_bn", pyramid: [16, 8, 4, 2, 1], channels: 512),
    Case(name: "mobilenet_v2", pyramid: [2, 2, 1], channels: 1280),
    Case(name: "mobilenet_v3_small", pyramid: [2, 2, 1], channels: 576),
    Case(name: "densenet121", pyramid: [16, 8, 4, 2, 1], channels: 1024),
  ]

  /// Without draws, which other tests could be making.
  private func maps(
    of configuration: BackboneConfiguration, _ extra: BackboneConfiguration.Extra = .maxPool
  ) throws -> (backbone: any Backbone, shapes: [[Int]]) {
    try withoutDraws {
      let backbone = try configuration.backbone(extra)
      let maps = withoutGradients { backbone.features(.zeros([1, 3, 64, 64]), .inference) }
      #expect(maps.map(\.name) == backbone.mapNames)
      return (backbone, maps.map(\.map.shape))
    }
  }

  @Test(arguments: cases)
  func `every family of the zoo carries a feature pyramid`(of network: Case) throws {
    var configuration = BackboneConfiguration(name: network.name)
    configuration.outChannels = 32
    let (backbone, shapes) = try maps(of: configuration)
    #expect(shapes == network.pyramid.map { [1, 32, $0, $0] })
    #expect(backbone.outChannels == 32)
  }

  @Test(arguments: cases)
  func `without a pyramid there is one map of the network's own channels`(of network: Case) throws {
    var configuration = BackboneConfiguration(name: network.name)
    configuration.fpn = false
    let (backbone, shapes) = try maps(of: configuration)
    #expect(shapes == [[1, network.channels, 2, 2]])
    #expect(backbone.outChannels == network.channels)
  }

  @Test func `channels can be reduced before the heads, as torchvision's keys have it`() throws {
    var configuration = BackboneConfiguration(name: "mobilenet_v2")
    configuration.fpn = false
    configuration.outChannels = 64
    let (backbone, shapes) = try maps(of: configuration)
    #expect(shapes == [[1, 64, 2, 2]])
    let keys = backbone.state.map(\.key)
    #expect(keys.first == "0.0.0.weight")
    #expect(keys.suffix(2) == ["1.weight", "1.bias"])
  }

  @Test
  func `the features of MobileNetV2 have the keys that torchvision's tutorial gives them`() throws {
    var configuration = BackboneConfiguration(name: "mobilenet_v2")
    configuration.fpn = false
    let own = try withoutDraws { try configuration.backbone(.maxPool).state.map(\.key) }
    let features = withoutDraws { MobileNetV2().features.state.map(\.key) }
    #expect(own == features)
  }

  @Test func `a network ends with the stage whose map is taken`() throws {
    var configuration = BackboneConfiguration(name: "resnet18")
    configuration.fpn = false
    configuration.returnedLayers = [2]
    let (backbone, shapes) = try maps(of: configuration)
    #expect(shapes == [[1, 128, 8, 8]])
    #expect(backbone.state.allSatisfy { !$0.key.hasPrefix("layer3") })
  }

  @Test func `RetinaNet's pyramid takes the last three stages and adds two maps`() throws {
    let (backbone, _) = try maps(of: BackboneConfiguration(name: "resnet18"), .p6p7)
    #expect(backbone.mapNames == ["0", "1", "2", "p6", "p7"])
  }

  @Test(
    arguments: [
      ("resnet18", "body.layer4."), ("densenet121", "body.denseblock4."),
      ("vgg11_bn", "body.22."), ("mobilenet_v2", "body.18."),
    ])
  func `only the last stages are trained that are asked for`(name: String, first: String) throws {
    let configuration = BackboneConfiguration(name: name)
    let backbone = try withoutDraws { try configuration.backbone(.maxPool, trainedLayers: 1) }
    let body = backbone.state.filter { $0.isParameter && $0.key.hasPrefix("body.") }
    let firstTrained = body.firstIndex { $0.tensor.requiresGradient } ?? 0
    #expect(body[firstTrained].key.hasPrefix(first))
    #expect(body[firstTrained...].allSatisfy { $0.tensor.requiresGradient })
  }

  @Test func `no stage is trained where none is asked for`() throws {
    let configuration = BackboneConfiguration(name: "mobilenet_v3_small")
    let backbone = try withoutDraws { try configuration.backbone(.maxPool, trainedLayers: 0) }
    let body = backbone.state.filter { $0.key.hasPrefix("body.") }
    #expect(body.allSatisfy { !$0.tensor.requiresGradient })
  }

  @Test(
    arguments: ["resnet18", "vgg11_bn", "mobilenet_v2", "mobilenet_v3_small", "densenet121"])
  func `frozen norms have nothing to train, and groups have no statistics`(name: String) throws {
    var configuration = BackboneConfiguration(name: name)
    configuration.norm = .frozen
    let frozen = try withoutDraws { try configuration.backbone(.maxPool).state.map(\.key) }
    configuration.norm = .group
    let grouped = try withoutDraws { try configuration.backbone(.maxPool).state.map(\.key) }
    #expect(frozen.contains { $0.hasSuffix("running_mean") })
    #expect(!frozen.contains { $0.hasSuffix("num_batches_tracked") })
    #expect(!grouped.contains { $0.hasSuffix("running_mean") })
  }
}
