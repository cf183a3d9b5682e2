import DetectionModels
import Testing
import Torch

@Suite("Detectors by configuration")
struct DetectorConfigurationTests {
  private func keys(_ make: () throws -> any Detector) throws -> [String] {
    try withoutDraws { try make().state.map { "\($0.key) \($0.tensor.shape)" } }
  }

  @Test func `an architecture without any choice is torchvision's ready detector`() throws {
    let faster = try keys { try FasterRCNNConfiguration().makeDetector(numClasses: 3) }
    #expect(try faster == keys { try FasterRCNN.resNet50FPN(numClasses: 3) })
    let mask = try keys { try MaskRCNNConfiguration().makeDetector(numClasses: 3) }
    #expect(try mask == keys { try MaskRCNN.resNet50FPN(numClasses: 3) })
    let retina = try keys { try RetinaNetConfiguration().makeDetector(numClasses: 3) }
    #expect(try retina == keys { try RetinaNet.resNet50FPN(numClasses: 3) })
    let fcos = try keys { try FCOSConfiguration().makeDetector(numClasses: 3) }
    #expect(try fcos == keys { try FCOS.resNet50FPN(numClasses: 3) })
    let ssd = try keys { try SSDConfiguration().makeDetector(numClasses: 3) }
    #expect(try ssd == keys { try SSD.ssd300VGG16(numClasses: 3) })
    var lite = SSDConfiguration()
    lite.backbone.name = "mobilenet_v3_large"
    lite.backbone.reducedTail = true
    #expect(
      try keys { try lite.makeDetector(numClasses: 3) }
        == keys { try SSD.ssdLite320MobileNetV3Large(numClasses: 3) })
  }

  @Test func `every detector of the catalogue is made by its configuration`() throws {
    for detector in DetectorCatalogue.all {
      let configuration = detector.configuration
      #expect(try keys { try configuration.makeDetector(numClasses: 4) }.count > 50)
    }
  }

  @Test func `only detectors named for masks or keypoints have them`() {
    for detector in DetectorCatalogue.all {
      #expect(detector.configuration.hasMasks == detector.name.hasPrefix("maskrcnn"))
      #expect(detector.hasKeypoints == detector.name.hasPrefix("keypointrcnn"))
    }
  }

  @Test(
    arguments: [(nil, 0), (.frozen, 0), (.batch, nil)] as [(NormKind?, Double?)])
  func `for trained weights a named configuration keeps its norms, unless it says otherwise`(
    norm: NormKind?, epsilon: Double?
  ) throws {
    let detector = try #require(DetectorCatalogue.detector(named: "fasterrcnn_resnet50_fpn"))
    var configuration = try #require(
      detector.configuration as? ReadyConfiguration<ReadyRCNNOptions>)
    configuration.norm = norm
    configuration.prepare(for: detector.published)
    let model = try withoutDraws { try configuration.makeDetector(numClasses: 2) }
    var epsilons: Set<Double> = []
    model.forEachModule { module in
      if let norm = module as? FrozenBatchNorm2d { epsilons.insert(norm.epsilon) }
    }
    #expect(epsilons == Set([epsilon].compactMap(\.self)))
  }

  @Test func `a choice reaches the part that it is of`() throws {
    var configuration = MaskRCNNConfiguration()
    configuration.box.backbone = BackboneConfiguration(name: "mobilenet_v3_small")
    configuration.box.backbone.outChannels = 16
    configuration.box.anchors = AnchorConfiguration(sizes: .flat([8, 16, 24]))
    configuration.box.boxRoIPool.outputSize = [5, 3]
    configuration.box.boxHead.representationSize = 20
    configuration.maskHead.layers = [12]
    let keys = try keys { try configuration.makeDetector(numClasses: 2) }
    #expect(keys.contains("rpn.head.cls_logits.weight [3, 16, 1, 1]"))
    #expect(keys.contains("roi_heads.box_head.fc6.weight [20, 240]"))
    #expect(keys.contains("roi_heads.mask_head.0.0.weight [12, 16, 3, 3]"))
  }

  @Test
  func `five sizes stand on each map where their number is another than torchvision's`() throws {
    var configuration = FasterRCNNConfiguration()
    configuration.backbone = BackboneConfiguration(name: "mobilenet_v2")
    configuration.backbone.fpn = false
    let keys = try keys { try configuration.makeDetector(numClasses: 2) }
    #expect(keys.contains("rpn.head.cls_logits.weight [15, 1280, 1, 1]"))
  }

  @Test(arguments: Fault.all)
  func `what cannot work is refused with the keys that are at fault`(fault: Fault) {
    let error = #expect(throws: ModelConfigurationError.self) {
      try withoutDraws { _ = try fault.configuration.detector(numClasses: fault.numClasses) }
    }
    #expect(error?.keys == fault.keys)
    #expect(error?.description.contains(fault.words) == true, "\(error?.description ?? "")")
  }
}

extension DetectorConfigurationTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let configuration: FasterRCNNConfiguration
    let numClasses: Int
    let keys: [String]
    let words: String
    var testDescription: String { words }

    /// - Parameter change: to a detector on the one map of MobileNetV2.
    init(
      _ keys: String..., words: String, numClasses: Int = 2,
      _ change: (inout FasterRCNNConfiguration) -> Void
    ) {
      var configuration = FasterRCNNConfiguration()
      configuration.backbone = BackboneConfiguration(name: "mobilenet_v2")
      configuration.backbone.fpn = false
      change(&configuration)
      self.configuration = configuration
      self.numClasses = numClasses
      self.keys = keys
      self.words = words
    }

    static let all = [
      Fault("anchors", words: "several sizes on one map are one list, [[32, 64, 128]]") {
        $0.anchors = AnchorConfiguration(sizes: .flat([32, 64, 128]))
      },
      Fault("anchors", "aspect_ratios", words: "for each list of anchor sizes (1), found 2") {
        $0.anchors = AnchorConfiguration(
          sizes: .lists([[32, 64]]), aspectRatios: .lists([[1], [2]]))
      },
      Fault("box_roi_pool", "feature_map_names", words: "of the backbone (0), found features") {
        $0.boxRoIPool.featureMapNames = ["features"]
      },
      Fault("box_roi_pool", "output_size", words: "found 3 numbers") {
        $0.boxRoIPool.outputSize = [7, 7, 7]
      },
      Fault("box_head", "in_features", words: "62720 numbers (1280 channels of 7×7), found 12544") {
        $0.boxHead.inFeatures = 12_544
      },
      Fault("num_classes", words: "the background included, found 1", numClasses: 1) { _ in },
      Fault("backbone", "name", words: "\"resnet5O\"; did you mean resnet50?") {
        $0.backbone.name = "resnet5O"
      },
      Fault("backbone", "name", words: "for images, found r3d_18") {
        $0.backbone.name = "r3d_18"
      },
      Fault("backbone", "norm", words: "vgg11 has nothing that normalises its maps") {
        $0.backbone.name = "vgg11"
        $0.backbone.norm = .frozen
      },
      Fault("backbone", "returned_layers", words: "one returned layer without a feature pyramid") {
        $0.backbone.returnedLayers = [3, 4]
      },
      Fault("backbone", "returned_layers", words: "from 0 to 5, found 6") {
        $0.backbone.returnedLayers = [6]
      },
      Fault("trainable_backbone_layers", words: "0 to 6 trainable layers, found 7") {
        $0.trained.backboneLayers = 7
      },
      Fault("freeze", words: "a part of the detector, found backbon; did you mean backbone?") {
        $0.trained.frozen = ["backbon"]
      },
      Fault("rpn_post_nms_top_n_train", words: "a number of 1 or more, found 0") {
        $0.options.rpn.postNMSTopNTraining = 0
      },
      Fault("box_score_thresh", words: "from 0 to 1, found 5.0") {
        $0.options.box.scoreThreshold = 5
      },
    ]
  }
}
