public import Torch

/// A file of weights that a detector can start from: those of a detector, also by an older
/// torchvision, of its backbone, or of the classification network in its backbone.
public struct DetectorWeights: Sendable {
  /// The prefixes of layers with one part for each class, the only ones that do not fit other
  /// classes.
  private static let predictors = [
    "roi_heads.box_predictor.", "roi_heads.mask_predictor.mask_fcn_logits.",
    "head.classification_head.cls_logits.",
  ]
  /// The prefix of the layer with one part for each keypoint, whatever the class.
  private static let keypointPredictor = "roi_heads.keypoint_predictor."
  /// The name that precedes the number of a map in the keys of an SSD's heads.
  private static let perMap = "module_list."
  private static let epsilonNote = "frozen_batch_norm_epsilon"

  /// The kind of model that weights belong to.
  public enum Subject: Sendable, Hashable {
    /// A whole detector, its backbone, or a classification network.
    case detector, backbone, classifier
  }

  /// The path of the file.
  public let path: String
  /// The kind of model that the weights belong to.
  public let subject: Subject
  private let stored: StoredState

  /// Reads a file of weights.
  ///
  /// - Throws: `StateError` for a file that cannot be read.
  public init(contentsOf path: String) throws(StateError) {
    self.init(try StoredState(contentsOf: path), from: path)
  }

  /// Creates weights from a state that was read already, without the prefixes that a training
  /// program put in front of all keys.
  public init(_ stored: StoredState, from path: String) {
    self.path = path
    self.stored = stored.unwrapped
    subject = Self.subject(of: self.stored)
  }

  private static func subject(of stored: StoredState) -> Subject {
    func holds(_ prefix: String) -> Bool {
      stored.entries.contains { $0.key.hasPrefix(prefix) }
    }
    if holds("backbone.") { return .detector }
    return holds("body.") || holds("fpn.") ? .backbone : .classifier
  }

  /// The number of classes of a detector's weights, the background included; nil without a class
  /// predictor.
  public var numClasses: Int? {
    if let scores = stored["roi_heads.box_predictor.cls_score.bias"] { return scores.shape.first }
    // An SSD has one predictor for each map.
    if let logits = boxesPredictor("classification_head"),
      let offsets = boxesPredictor("regression_head"), offsets >= 4
    {
      return logits / (offsets / 4)
    }
    // RetinaNet has a logit of each class and four box offsets for each of its anchors.
    guard let logits = stored["head.classification_head.cls_logits.bias"]?.shape.first,
      let offsets = stored["head.regression_head.bbox_reg.bias"]?.shape.first, offsets >= 4
    else { return nil }
    return logits / (offsets / 4)
  }

  /// Returns the number of values that an SSD's head predicts at a place of its first map; nil if
  /// there is none.
  private func boxesPredictor(_ head: String) -> Int? {
    let key = "head.\(head).\(Self.perMap)0."
    return (stored[key + "bias"] ?? stored[key + "1.bias"])?.shape.first
  }

  /// Returns whether a layer has one part for each class.
  private static func tellsClasses(_ key: String) -> Bool {
    if predictors.contains(where: key.hasPrefix) { return true }
    // An SSD has one layer for each map, an SSDLite a block of which the predictor is the last
    // layer.
    let head = "head.classification_head.\(perMap)"
    guard key.hasPrefix(head) else { return false }
    let names = key.dropFirst(head.count).split(separator: ".")
    return names.count == 2 || names.count == 3 && names[1] == "1"
  }

  /// Returns the start for which a detector has to be made so that these weights can be loaded into
  /// it.
  ///
  /// - Parameter detector: The detector of the catalogue whose published weights these may be;
  ///   nil for a detector of chosen parts.
  public func start(of detector: ReadyDetector?) -> StartingWeights {
    if let detector, let published = detector.weights, stem(of: published) == stem(of: path) {
      return detector.published
    }
    if let epsilon = stored.metadata[Self.epsilonNote].flatMap(Double.init) {
      return .trained(epsilon: epsilon)
    }
    // Frozen normalisations count no batches.
    let isFrozen =
      stored.entries.contains { isInBody($0.key, "running_var") }
      && !stored.entries.contains { isInBody($0.key, "num_batches_tracked") }
    if subject == .classifier { return .network }
    return subject == .backbone || isFrozen ? .trained() : .drawn
  }

  /// Loads the weights into a detector; those of a backbone or a classification network go into its
  /// backbone.
  ///
  /// The keypoint predictor keeps its weights if the model has another number of keypoints.
  ///
  /// - Parameters:
  ///   - model: The detector.
  ///   - predictors: Whether the layers that predict classes are loaded too; they keep their
  ///     weights otherwise, as for a model of other classes.
  /// - Returns: The numbers and keys of the tensors that were loaded, left in the file, and kept
  ///   in the model.
  /// - Throws: `UnfitState` with all keys that do not fit, or `StateError` for tensors with NaN
  ///   or infinity; the model is not changed then.
  @discardableResult
  public func load(
    into model: some Detector, predictors: Bool = true
  ) throws -> LoadedWeights {
    switch subject {
    case .detector:
      let hasKeypoints = keypointsFit(model)
      let isLoaded = { (key: String) in
        (predictors || !Self.tellsClasses(key))
          && (hasKeypoints || !key.hasPrefix(Self.keypointPredictor))
      }
      let count = try model.load(stored, from: path, only: isLoaded)
      return LoadedWeights(count, of: subject, into: model, isLoaded: isLoaded)
    case .backbone:
      let state = stored.renamed { "backbone." + $0 }
      let isLoaded = { (key: String) in key.hasPrefix("backbone.") }
      let count = try model.load(state, from: path, only: isLoaded)
      return LoadedWeights(count, of: subject, into: model, isLoaded: isLoaded)
    case .classifier:
      let network = NetworkState(stored, for: model)
      let count = try model.load(network.state, from: path, only: network.isOfNetwork)
      return LoadedWeights(
        count, of: subject, into: model, isLoaded: network.isOfNetwork, left: network.left,
        of: stored)
    }
  }

  /// Returns whether the weights have as many keypoints as the model, or one of both has none.
  private func keypointsFit(_ model: some Detector) -> Bool {
    let key = Self.keypointPredictor + "kps_score_lowres.bias"
    guard let found = stored[key], let own = model.state.first(where: { $0.key == key }) else {
      return true
    }
    return found.shape == own.tensor.shape
  }

  /// Writes a detector's weights as `.safetensors`, with the metadata that `start(of:)` requires.
  ///
  /// - Parameters:
  ///   - model: The detector.
  ///   - path: The path of the file.
  ///   - metadata: Further metadata to write beside the tensors.
  /// - Throws: `StateError` if the file cannot be written.
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

  private func isInBody(_ key: String, _ name: String) -> Bool {
    key.hasPrefix("backbone.body.") && key.hasSuffix("." + name)
  }

  /// Returns the name of a file without its folder and extension.
  private func stem(of path: String) -> Substring {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[..<$0] } ?? name
  }
}
