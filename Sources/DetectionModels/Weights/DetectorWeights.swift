public import Torch

/// A file of weights that a detector can start from: a detector's own, of today or of an older
/// torchvision, those of its backbone, or those of the classification network in its backbone.
public struct DetectorWeights: Sendable {
  /// The layers that have a part for each class: the only ones that do not fit other classes.
  private static let predictors = [
    "roi_heads.box_predictor.", "roi_heads.mask_predictor.mask_fcn_logits.",
    "head.classification_head.cls_logits.",
  ]
  /// The layer that has a part for each keypoint, whatever the class.
  private static let keypointPredictor = "roi_heads.keypoint_predictor."
  /// What stands in the keys of an SSD's heads before the number of a map.
  private static let perMap = "module_list."
  private static let epsilonNote = "frozen_batch_norm_epsilon"

  /// What the weights are of.
  public enum Subject: Sendable, Hashable {
    case detector, backbone, classifier
  }

  public let path: String
  public let subject: Subject
  private let stored: StoredState

  /// - Throws: `StateError` for a file that cannot be read.
  public init(contentsOf path: String) throws(StateError) {
    self.init(try StoredState(contentsOf: path), from: path)
  }

  /// Takes a state that was read already; prefixes that a training program put before all keys are
  /// left out.
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

  /// The classes that a detector's weights tell apart, the background included; nil where there is
  /// no class predictor.
  public var numClasses: Int? {
    if let scores = stored["roi_heads.box_predictor.cls_score.bias"] { return scores.shape.first }
    // SSD has them map by map.
    if let logits = boxesPredictor("classification_head"),
      let offsets = boxesPredictor("regression_head"), offsets >= 4
    {
      return logits / (offsets / 4)
    }
    // RetinaNet has a logit of each class, and four numbers of a box, for each of its anchors.
    guard let logits = stored["head.classification_head.cls_logits.bias"]?.shape.first,
      let offsets = stored["head.regression_head.bbox_reg.bias"]?.shape.first, offsets >= 4
    else { return nil }
    return logits / (offsets / 4)
  }

  /// How many numbers an SSD's head predicts at a place of its first map; nil where there is none.
  private func boxesPredictor(_ head: String) -> Int? {
    let key = "head.\(head).\(Self.perMap)0."
    return (stored[key + "bias"] ?? stored[key + "1.bias"])?.shape.first
  }

  /// Whether a layer has a part for each class.
  private static func tellsClasses(_ key: String) -> Bool {
    if predictors.contains(where: key.hasPrefix) { return true }
    // Of a map an SSD has one layer, SSDLite a block of which it is the last.
    let head = "head.classification_head.\(perMap)"
    guard key.hasPrefix(head) else { return false }
    let names = key.dropFirst(head.count).split(separator: ".")
    return names.count == 2 || names.count == 3 && names[1] == "1"
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
    if subject == .classifier { return .network }
    return subject == .backbone || isFrozen ? .trained() : .drawn
  }

  /// Loads the weights into a detector: those of a backbone or a classification network into its
  /// backbone.
  ///
  /// The layer that finds keypoints stays as it is in a model of another number of them.
  ///
  /// - Parameter predictors: whether the layers that tell classes apart are loaded too, or stay as
  ///   they are in the model, which may know other classes.
  /// - Returns: which tensors were loaded, left in the file, and not touched in the model.
  /// - Throws: `UnfitState` with all keys that do not fit, `StateError` for tensors with NaN or infinity.
  ///   The model is not changed then.
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

  /// Whether the weights are for as many keypoints as the model finds, or one of both for none.
  private func keypointsFit(_ model: some Detector) -> Bool {
    let key = Self.keypointPredictor + "kps_score_lowres.bias"
    guard let found = stored[key], let own = model.state.first(where: { $0.key == key }) else {
      return true
    }
    return found.shape == own.tensor.shape
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

  private func isInBody(_ key: String, _ name: String) -> Bool {
    key.hasPrefix("backbone.body.") && key.hasSuffix("." + name)
  }

  /// A file's name without folder and ending.
  private func stem(of path: String) -> Substring {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[..<$0] } ?? name
  }
}
