/// The names that torchvision gives to files of weights: `DEFAULT`, `COCO_V1`, `IMAGENET1K_V2`.
public struct WeightsNames: Sendable {
  /// The files with torchvision's names for them, the detector's own first.
  public let files: [(name: String, file: String)]
  /// The file that `DEFAULT` stands for; nil without files.
  public let usual: String?

  /// Creates the names for a detector.
  ///
  /// - Parameters:
  ///   - own: The file of the whole detector.
  ///   - network: The classification network in its backbone.
  init(own: String?, network: ZooModel?) {
    let networkNames = network?.weightsNames
    files = (own.map { [("COCO_V1", $0)] } ?? []) + (networkNames?.files ?? [])
    usual = own ?? networkNames?.usual
  }

  /// Creates the names for a classification network; `V1` is the older of two published recipes.
  init(of model: ZooModel) {
    let set = model.weights.preset.isOfClips ? "KINETICS400" : "IMAGENET1K"
    let inOrder = model.olderWeights.map(\.file) + [model.weights.file]
    files = inOrder.enumerated().map { ("\(set)_V\($0.offset + 1)", $0.element) }
    usual = model.weights.file
  }

  /// Returns whether a text can be such a name instead of a file: capital letters, digits and
  /// underscores, optionally after `…_Weights.`.
  public static func isName(_ text: String) -> Bool {
    let name = name(in: text)
    return name.first?.isUppercase == true
      && name.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  }

  /// Returns the file that a name stands for, such as `DEFAULT` or
  /// `ResNet50_Weights.IMAGENET1K_V2`; nil if it stands for none.
  public func file(named text: String) -> String? {
    let name = Self.name(in: text)
    return name == "DEFAULT" ? usual : files.first { $0.name == name }?.file
  }

  /// All names that stand for a file.
  public var all: [String] { (usual == nil ? [] : ["DEFAULT"]) + files.map(\.name) }

  private static func name(in text: String) -> Substring {
    guard let dot = text.lastIndex(of: "."), text[..<dot].hasSuffix("_Weights") else {
      return text[...]
    }
    return text[text.index(after: dot)...]
  }
}

extension ZooModel {
  /// The names of the published weights.
  public var weightsNames: WeightsNames { WeightsNames(of: self) }
}

extension DetectorConfiguration {
  /// The names of the weights that a detector of this configuration can start from.
  public var weightsNames: WeightsNames {
    WeightsNames(own: publishedWeights, network: network.flatMap { ModelZoo.model(named: $0) })
  }
}
