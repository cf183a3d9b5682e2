public import Torch

/// A file of weights that a detector can start from: a detector's own, of today or of an older
/// torchvision, or those of the classification network in its backbone.
public struct DetectorWeights: Sendable {
  /// The layers that have a part for each class: the only ones that do not fit other classes.
  private static let predictors = [
    "roi_heads.box_predictor.", "roi_heads.mask_predictor.mask_fcn_logits.",
    "roi_heads.keypoint_predictor.", "head.classification_head.cls_logits.",
  ]
  private static let classifiers = ["fc.", "classifier."]
  private static let body = "backbone.body."
  private static let epsilonNote = "frozen_batch_norm_epsilon"

  public let path: String
  private let stored: StoredState

  /// - Throws: `StateError` for a file that cannot be read.
  public init(contentsOf path: String) throws(StateError) {
    self.init(try StoredState(contentsOf: path), from: path)
  }

  /// A state that was read already.
  public init(_ stored: StoredState, from path: String) {
    self.path = path
    self.stored = stored
  }

  /// The classes that a detector's weights tell apart, the background included; nil where there is
  /// no class predictor.
  public var numClasses: Int? {
    if let scores = stored["roi_heads.box_predictor.cls_score.bias"] { return scores.shape.first }
    // RetinaNet has a logit of each class, and four numbers of a box, for each of its anchors.
    guard let logits = stored["head.classification_head.cls_logits.bias"]?.shape.first,
      let offsets = stored["head.regression_head.bbox_reg.bias"]?.shape.first, offsets >= 4
    else { return nil }
    return logits / (offsets / 4)
  }

  /// Whether they are those of a classification network, for a backbone.
  public var areOfClassifier: Bool {
    numClasses == nil
      && stored.entries.contains { entry in
        Self.classifiers.contains { entry.key.hasPrefix($0) }
      }
  }

  /// Returns how a detector has to be made for these weights to be loaded into it.
  ///
  /// - Parameter detector: the one of the catalogue whose published weights these may be; nil for a
  ///   detector of parts.
  public func start(of detector: ReadyDetector?) -> StartingWeights {
    if let detector, let published = detector.weights, stem(of: published) == stem(of: path) {
      return detector.published
    }
    if let epsilon = stored.metadata[Self.epsilonNote].flatMap(Double.init) {
      return .trained(epsilon: epsilon)
    }
    // A normalisation that stays as it is counts no batches.
    let isFrozen =
      stored.entries.contains { isInBody($0.key, "running_var") }
      && !stored.entries.contains { isInBody($0.key, "num_batches_tracked") }
    return areOfClassifier || isFrozen ? .trained() : .drawn
  }

  /// Takes the weights over; those of a classification network go into the backbone.
  ///
  /// - Parameter predictors: whether those that tell classes apart are taken over too, or stay as
  ///   they are in the model, which may know other classes.
  /// - Throws: `UnfitState` with all keys that do not fit. The model is not changed then.
  public func load(into model: some Detector, predictors: Bool = true) throws(UnfitState) {
    if areOfClassifier {
      try model.load(backboneState, from: path) { $0.hasPrefix(Self.body) }
    } else {
      try model.load(stored, from: path) { key in
        predictors || !Self.predictors.contains { key.hasPrefix($0) }
      }
    }
  }

  /// Writes a detector's weights as `.safetensors`, with what `start(of:)` has to know of them.
  ///
  /// - Parameter metadata: what else is noted beside the tensors.
  /// - Throws: `StateError` where the disk refuses.
  public static func save(
    _ model: some Detector, to path: String, metadata: [String: String] = [:]
  ) throws {
    var metadata = metadata
    model.forEachModule { module in
      guard let norm = module as? FrozenBatchNorm2d else { return }
      metadata[epsilonNote] = "\(norm.epsilon)"
    }
    try SafetensorsWriter.write(
      model.state.map { NamedTensor($0.key, $0.tensor) }, metadata: metadata, to: path)
  }

  /// A classification network's state by the keys that a detector's backbone has.
  private var backboneState: StoredState {
    stored.renamed { key in
      guard !Self.classifiers.contains(where: key.hasPrefix) else { return nil }
      return Self.body + (key.hasPrefix("features.") ? String(key.dropFirst(9)) : key)
    }
  }

  private func isInBody(_ key: String, _ name: String) -> Bool {
    key.hasPrefix(Self.body) && key.hasSuffix("." + name)
  }

  /// A file's name without folder and ending.
  private func stem(of path: String) -> Substring {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[..<$0] } ?? name
  }
}

/// Files of torchvision before its second generation of detectors, the published ones among them,
/// have fewer layers around some convolutions.
extension GeneralizedRCNN: RenamedState {
  public static func currentKey(for key: String) -> String { currentDetectorKey(for: key) }
}

extension RetinaNet: RenamedState {
  public static func currentKey(for key: String) -> String { currentDetectorKey(for: key) }
}

private func currentDetectorKey(for key: String) -> String {
  let names = key.split(separator: ".").map(String.init)
  guard let kind = names.last, ["weight", "bias"].contains(kind),
    let layer = currentLayer(of: Array(names.dropLast()))
  else { return key }
  return (layer + [kind]).joined(separator: ".")
}

/// Returns where a convolution is today; nil where it has not moved.
private func currentLayer(of names: [String]) -> [String]? {
  guard let last = names.last else { return nil }
  let outer = Array(names.dropLast())
  if names == ["rpn", "head", "conv"] { return names + ["0", "0"] }
  if let index = Int(last) {
    if ["inner_blocks", "layer_blocks"].contains(outer.last), outer.dropLast().last == "fpn" {
      return names + ["0"]
    }
    // One in two was a ReLU.
    if outer.count == 3, outer.first == "head", outer.last == "conv", index % 2 == 0 {
      return outer + ["\(index / 2)", "0"]
    }
  }
  if outer.last == "mask_head", last.hasPrefix("mask_fcn"), let number = Int(last.dropFirst(8)) {
    return outer + ["\(number - 1)", "0"]
  }
  return nil
}
