import Console
import DetectionModels
import Engine
import Torch

/// The detectors that can be trained and used, by torchvision's names.
enum DetectorCatalog {
  private typealias Make = @Sendable (_ numClasses: Int, _ input: InputSize) throws -> any Detector

  private static let all: [(name: String, hasMasks: Bool, make: Make)] = [
    ("fasterrcnn_resnet18_fpn", false, { try SmokeModel.fasterRCNN(numClasses: $0, input: $1) }),
    ("maskrcnn_resnet18_fpn", true, { try SmokeModel.maskRCNN(numClasses: $0, input: $1) }),
    (
      "fasterrcnn_resnet50_fpn", false,
      { try FasterRCNN.resNet50FPN(numClasses: $0, options: rcnn($1)) }
    ),
    (
      "fasterrcnn_resnet50_fpn_v2", false,
      { try FasterRCNN.resNet50FPNv2(numClasses: $0, options: rcnn($1)) }
    ),
    (
      "retinanet_resnet50_fpn", false,
      { try RetinaNet.resNet50FPN(numClasses: $0, options: retinaNet($1)) }
    ),
    (
      "retinanet_resnet50_fpn_v2", false,
      { try RetinaNet.resNet50FPNv2(numClasses: $0, options: retinaNet($1)) }
    ),
    (
      "maskrcnn_resnet50_fpn", true,
      { try MaskRCNN.resNet50FPN(numClasses: $0, options: rcnn($1)) }
    ),
    (
      "maskrcnn_resnet50_fpn_v2", true,
      { try MaskRCNN.resNet50FPNv2(numClasses: $0, options: rcnn($1)) }
    ),
  ]

  private static func rcnn(_ input: InputSize) -> FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.transform = input.transform
    return options
  }

  private static func retinaNet(_ input: InputSize) -> RetinaNetOptions {
    var options = RetinaNetOptions()
    options.transform = input.transform
    return options
  }

  /// Whether a detector learns and finds masks.
  static func hasMasks(_ name: String) -> Bool {
    all.contains { $0.name == name && $0.hasMasks }
  }

  /// How large a detector makes its pictures: torchvision's 800 and 1333 pixels, 256 and 426 for
  /// the small ones; the longer side keeps torchvision's ratio where only the shorter is given.
  static func inputSize(of name: String, minSize: Int?, maxSize: Int?) -> InputSize {
    let short = minSize ?? (name.contains("resnet18") ? 256 : 800)
    return InputSize(minSize: short, maxSize: maxSize ?? short * 5 / 3)
  }

  /// A detector with the weights of a file, or drawn ones.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: a `CommandFailure` for another name, `ModelConfigurationError` for numbers that
  ///   cannot be, `StateError` or `UnfitState` for a file that does not fit.
  static func make(
    _ name: String, numClasses: Int, input: InputSize, weights: String?
  ) throws -> any Detector {
    guard let entry = all.first(where: { $0.name == name }) else {
      let names = all.map(\.name).joined(separator: ", ")
      throw CommandFailure("expected a detector of \(names), found \(name)")
    }
    let model = try entry.make(numClasses, input)
    if let weights { try model.load(SavedDetector(contentsOf: weights).state, from: weights) }
    return model
  }

  /// The classes that a file's weights tell, the background included.
  ///
  /// - Throws: a `CommandFailure` for weights that are not those of a detector.
  static func numClasses(of stored: StoredState, from path: String) throws -> Int {
    if let score = stored["roi_heads.box_predictor.cls_score.bias"] { return score.shape[0] }
    // RetinaNet has a logit of each class, and four numbers of a box, for each of its anchors.
    if let logits = stored["head.classification_head.cls_logits.bias"],
      let offsets = stored["head.regression_head.bbox_reg.bias"], offsets.shape[0] >= 4
    {
      return logits.shape[0] / (offsets.shape[0] / 4)
    }
    throw CommandFailure("\(path): expected the weights of a detector, found no class predictor")
  }
}
