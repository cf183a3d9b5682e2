import DetectionModels
import Testing

@Suite("Names of published weights")
struct WeightsNamesTests {
  static let names: [(model: String, name: String, file: String?)] = [
    ("fasterrcnn_resnet50_fpn", "DEFAULT", "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth"),
    ("fasterrcnn_resnet50_fpn", "COCO_V1", "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth"),
    ("fasterrcnn_resnet50_fpn", "IMAGENET1K_V1", "resnet50-0676ba61.pth"),
    ("fasterrcnn_resnet50_fpn", "ResNet50_Weights.IMAGENET1K_V2", "resnet50-11ad3fa6.pth"),
    ("fasterrcnn_mobilenet_v3_large_fpn", "IMAGENET1K_V1", "mobilenet_v3_large-8738ca79.pth"),
    ("fasterrcnn_resnet18_fpn", "DEFAULT", "resnet18-f37072fd.pth"),
    ("fasterrcnn_resnet18_fpn", "COCO_V1", nil),
    ("fasterrcnn_resnet18_fpn", "IMAGENET1K_V2", nil),
  ]

  @Test(arguments: names)
  func `a detector's are torchvision's, its own before those of its backbone`(
    model: String, name: String, file: String?
  ) throws {
    let detector = try #require(DetectorCatalogue.detector(named: model))
    #expect(detector.configuration.weightsNames.file(named: name) == file)
  }

  @Test func `a detector of parts has those of its network`() {
    var configuration = RetinaNetConfiguration()
    configuration.backbone = BackboneConfiguration(name: "mobilenet_v2")
    #expect(
      configuration.weightsNames.all == ["DEFAULT", "IMAGENET1K_V1", "IMAGENET1K_V2"])
    #expect(configuration.weightsNames.file(named: "DEFAULT") == "mobilenet_v2-7ebf99e0.pth")
  }

  @Test func `a video network's are Kinetics'`() throws {
    let model = try #require(ModelZoo.model(named: "r3d_18"))
    #expect(model.weightsNames.all == ["DEFAULT", "KINETICS400_V1"])
  }

  @Test(
    arguments: [
      ("DEFAULT", true), ("ResNet50_Weights.IMAGENET1K_V2", true), ("COCO_V1", true),
      ("w.pth", false), ("w", false), ("dir/DEFAULT", false), ("", false), ("W.SAFETENSORS", false),
    ])
  func `capitals are a name, and whatever can be a file's name is none`(text: String, isName: Bool)
  {
    #expect(WeightsNames.isName(text) == isName)
  }
}
