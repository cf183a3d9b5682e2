import COCO
import Console
import DetectionModels
import Engine
import Files
import Torch

/// The detectors that can be trained and used, by their names: torchvision's, and small ones that
/// are learnt within a minute.
enum DetectorCatalog {
  static let all: [ZooDetector] = small + ModelZoo.detectors
  static let names = all.map(\.name)

  private static let small: [ZooDetector] = [
    ZooDetector("fasterrcnn_resnet18_fpn", weights: nil, transform: smallTransform) {
      options throws(ModelConfigurationError) in
      try SmokeModel.fasterRCNN(
        numClasses: options.numClasses, input: InputSize(options.transform))
    },
    ZooDetector(
      "maskrcnn_resnet18_fpn", weights: nil, hasMasks: true, transform: smallTransform
    ) { options throws(ModelConfigurationError) in
      try SmokeModel.maskRCNN(
        numClasses: options.numClasses, input: InputSize(options.transform))
    },
  ]

  private static let smallTransform = TransformOptions(minSize: [256], maxSize: 426)

  /// The detector of a name. Throws, with the name that is nearest, where there is none.
  static func detector(named name: String) throws(CommandFailure) -> ZooDetector {
    if let detector = all.first(where: { $0.name == name }) { return detector }
    if ModelZoo.model(named: name) != nil {
      throw CommandFailure(
        "expected a detector, found the classification model \(name) (copra classify runs it)")
    }
    let hint = NearestName.hint(for: name, among: names)
    throw CommandFailure(
      "expected a detector of \(names.joined(separator: ", ")), found \(name)\(hint)")
  }

  /// Whether a detector learns and finds masks.
  static func hasMasks(_ name: String) -> Bool {
    all.contains { $0.name == name && $0.hasMasks }
  }

  /// How large a detector makes its pictures: as it does by itself, and where only the shorter side
  /// is given the longer one keeps its ratio to that.
  static func inputSize(of name: String, minSize: Int?, maxSize: Int?) -> InputSize {
    let own = InputSize(all.first { $0.name == name }?.transform ?? TransformOptions())
    let short = minSize ?? own.minSize
    return InputSize(minSize: short, maxSize: maxSize ?? short * own.maxSize / own.minSize)
  }

  /// A detector with the weights of a file, or drawn ones. The weights may be those of other
  /// classes, whose predictors are drawn anew then, or of a classification network.
  ///
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - weights: a file, or a published name in torch's cache.
  /// - Throws: a `CommandFailure` for another name, `ModelConfigurationError` for numbers that
  ///   cannot be, `StateError` or `UnfitState` for a file that does not fit.
  static func make(
    _ name: String, numClasses: Int, input: InputSize, weights: String?
  ) throws -> any Detector {
    let detector = try detector(named: name)
    guard let weights else {
      return try detector.make(numClasses: numClasses, transform: input.transform)
    }
    let saved = try SavedDetector(contentsOf: WeightsFile.path(of: weights))
    let file = DetectorWeights(saved.state, from: saved.path)
    let fits = file.numClasses == numClasses
    let make = {
      try detector.make(
        numClasses: numClasses, transform: input.transform, start: file.start(of: detector))
    }
    let model = fits ? try withoutDraws(make) : try make()
    if file.areOfClassifier {
      Terminal.message("\(file.path): weights for the backbone; all others are drawn")
    } else if let stored = file.numClasses, !fits {
      Terminal.message(
        "\(file.path): weights for \(stored) classes with the background; what tells "
          + "\(numClasses) apart is drawn")
    }
    try file.load(into: model, predictors: fits)
    return model
  }

  /// The classes that a file's weights tell apart, the background included.
  ///
  /// - Throws: a `CommandFailure` for weights that are not those of a detector.
  static func numClasses(of weights: DetectorWeights) throws(CommandFailure) -> Int {
    guard let numClasses = weights.numClasses else {
      throw CommandFailure(
        "\(weights.path): expected the weights of a detector, found no class predictor")
    }
    return numClasses
  }
}

extension InputSize {
  fileprivate init(_ transform: TransformOptions) {
    self.init(minSize: transform.minSize.last ?? 1, maxSize: transform.maxSize)
  }
}
