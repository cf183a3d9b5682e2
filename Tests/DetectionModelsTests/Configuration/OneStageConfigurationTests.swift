import DetectionModels
import Foundation
import Testing
import Torch

@Suite("FCOS and SSD by configuration")
struct OneStageConfigurationTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let configuration: any DetectorConfiguration
    let keys: [String]
    let words: String
    var testDescription: String { words }

    static func ssd(
      _ keys: String..., words: String, _ change: (inout SSDConfiguration) -> Void
    ) -> Fault {
      var configuration = SSDConfiguration()
      configuration.backbone.name = "vgg11"
      change(&configuration)
      return Fault(configuration: configuration, keys: keys, words: words)
    }

    static func fcos(
      _ keys: String..., words: String, _ change: (inout FCOSConfiguration) -> Void
    ) -> Fault {
      var configuration = FCOSConfiguration()
      configuration.backbone.name = "resnet18"
      change(&configuration)
      return Fault(configuration: configuration, keys: keys, words: words)
    }

    static let all = [
      ssd("backbone", "name", words: "expected a VGG or a MobileNetV3, found resnet18") {
        $0.backbone.name = "resnet18"
      },
      ssd("backbone", "name", words: "no model is called \"vgg61\"") {
        $0.backbone.name = "vgg61"
      },
      ssd("backbone", "norm", words: "vgg11 has nothing that normalises its maps") {
        $0.backbone.norm = .group
      },
      ssd("backbone", "reduced_tail", words: "expected a MobileNetV3 to reduce, found vgg11") {
        $0.backbone.reducedTail = true
      },
      ssd("trainable_backbone_layers", words: "expected 0 to 5 trainable layers, found 6") {
        $0.trained.backboneLayers = 6
      },
      ssd("size", words: "expected a size that 6 feature maps are left of, found 64×64") {
        $0.options.transform = $0.transform.sized(minSize: 64, maxSize: 64)
      },
      ssd("size", words: "a place every 300 pixels") {
        $0.options.transform = $0.transform.sized(minSize: 512, maxSize: 512)
      },
      ssd("size", words: "expected a width and a height above 0, found 0 and 0") {
        $0.options.transform = $0.transform.sized(minSize: 0, maxSize: 0)
      },
      ssd("positive_fraction", words: "expected a fraction above 0 and up to 1, found 0.0") {
        $0.options.positiveFraction = 0
      },
      ssd("iou_thresh", words: "expected a number from 0 to 1, found 2.0") {
        $0.options.iouThreshold = 2
      },
      ssd("topk_candidates", words: "expected a number of 1 or more, found 0") {
        $0.options.topKCandidates = 0
      },
      ssd("anchors", words: "expected default boxes for 6 feature maps, found them for 1") {
        $0.anchors = DefaultBoxConfiguration(aspectRatios: [[2]])
      },
      ssd("anchors", "aspect_ratios", words: "for each feature map, found none") {
        $0.anchors = DefaultBoxConfiguration(aspectRatios: [])
      },
      ssd("anchors", "aspect_ratios", words: "expected aspect ratios above 0, found -2.0") {
        $0.anchors = DefaultBoxConfiguration(aspectRatios: [[-2]])
      },
      ssd("anchors", "scales", words: "each of 2 feature maps and one more, found 2") {
        $0.anchors = DefaultBoxConfiguration(aspectRatios: [[2], [2]])
        $0.anchors?.scales = [0.1, 0.2]
      },
      ssd("anchors", "scales", words: "expected scales above 0, found 0.0") {
        $0.anchors = DefaultBoxConfiguration(aspectRatios: [[2]])
        $0.anchors?.minRatio = 0
      },
      ssd("anchors", "steps", words: "expected a step for each of 1 feature maps, found 2") {
        $0.anchors = DefaultBoxConfiguration(aspectRatios: [[2]])
        $0.anchors?.steps = [8, 16]
      },
      fcos("anchors", words: "expected one anchor at each place, found 3") {
        $0.anchors = AnchorConfiguration(
          sizes: .flat([8, 16, 32, 64, 128]), aspectRatios: .flat([0.5, 1, 2]))
      },
      fcos("backbone", "out_channels", words: "expected a multiple of 32 channels, found 16") {
        $0.backbone.outChannels = 16
      },
      fcos("center_sampling_radius", words: "expected a radius above 0, found -1.0") {
        $0.options.centerSamplingRadius = -1
      },
    ]
  }

  @Test(arguments: Fault.all)
  func `what cannot work is refused with the keys that are at fault`(fault: Fault) {
    let error = #expect(throws: ModelConfigurationError.self) {
      try withoutDraws { _ = try fault.configuration.makeDetector(numClasses: 2) }
    }
    #expect(error?.keys == fault.keys)
    #expect(error?.description.contains(fault.words) == true, "\(error?.description ?? "")")
  }

  @Test func `a picture alone is learnt though the last map of SSDLite is one place`() throws {
    var configuration = SSDConfiguration()
    configuration.backbone.name = "mobilenet_v3_small"
    configuration.options.transform = configuration.transform.sized(minSize: 96, maxSize: 96)
    let model = try withoutDraws { try configuration.makeDetector(numClasses: 2) }
    withoutGradients {
      for entry in model.state where entry.isParameter { entry.tensor.fill(0.01) }
    }
    let target = TrainingTarget(
      boxes: Tensor([8, 8, 60, 70] as [Float], shape: [1, 4]), labels: Tensor([1]))
    let losses = model.losses(images: [.ones([3, 96, 96])], targets: [target])
    #expect(losses.total.item().isFinite)
  }

  @Test func `FCOS's anchors are squares where their shapes are not given`() throws {
    var configuration = FCOSConfiguration()
    configuration.backbone.name = "resnet18"
    configuration.anchors = AnchorConfiguration(sizes: .flat([4, 8, 16, 32, 64]))
    let model = try withoutDraws { try configuration.makeDetector(numClasses: 2) }
    #expect((model as? FCOS)?.anchorGenerator.aspectRatios == Array(repeating: [1], count: 5))
  }

  @Test func `an SSD's options come back from their coding, its size as width and height`() throws {
    var options = SSDOptions.ssdLite320
    options.transform = TransformOptions(fixedSize: SpatialSize(height: 240, width: 320))
    let data = try JSONEncoder().encode(options)
    #expect(try JSONDecoder().decode(SSDOptions.self, from: data) == options)
    #expect(String(decoding: data, as: UTF8.self).contains(#""size":[320,240]"#))
  }

  @Test func `a size that has the sides of another keeps its upright or lying shape`() {
    let lying = TransformOptions(fixedSize: SpatialSize(height: 240, width: 320))
    #expect(
      lying.sized(minSize: 300, maxSize: 400).fixedSize == SpatialSize(height: 300, width: 400))
    let upright = TransformOptions(fixedSize: SpatialSize(height: 320, width: 240))
    #expect(
      upright.sized(minSize: 300, maxSize: 400).fixedSize == SpatialSize(height: 400, width: 300))
  }
}
