import Torch

/// What detectors of one stage have in common: which of the classes that they see at thousands of
/// places they find. Coded by the names of torchvision's arguments, all in one place.
public protocol OneStageOptions: Codable, Sendable, Hashable {
  var transform: TransformOptions { get set }
  /// Detections have a greater score.
  var scoreThreshold: Double { get set }
  /// The overlap above which the less certain of two detections of one class goes.
  var nmsThreshold: Double { get set }
  var detectionsPerImage: Int { get set }
  /// Detections of each feature map, or of each class, that are looked at, the most certain ones.
  var topKCandidates: Int { get set }
}

extension OneStageOptions {
  /// Returns the most certain classes of some boxes, from the surest on: the indices of the boxes,
  /// and their classes and scores.
  ///
  /// - Parameter scores: of every class in every box, [A, classes].
  func candidates(_ scores: Tensor) -> (rows: Tensor, classes: Tensor, scores: Tensor) {
    let classes = scores.size(1)
    let scores = scores.flattened()
    let certain = (scores .> scoreThreshold).nonzero().flattened()
    let top = scores[certain].topK(min(topKCandidates, certain.count), dim: 0)
    let places = certain[top.indices]
    let rows = places.floorDivided(by: Tensor(classes).to(places.device))
    return (rows, places % classes, top.values)
  }

  /// Returns all detections without the repeated ones, from the surest on.
  func best(of parts: [Detections]) -> Detections {
    let all = Detections(
      boxes: .concatenate(parts.map(\.boxes)), labels: .concatenate(parts.map(\.labels)),
      scores: .concatenate(parts.map(\.scores)))
    let order = batchedNMS(all.boxes, all.scores, all.labels, iouThreshold: nmsThreshold)
    return all.selecting(order[..<detectionsPerImage])
  }
}

/// The keys of what all detectors of one stage have.
private enum SelectionKeys: String, CodingKey {
  case scoreThreshold = "score_thresh"
  case nmsThreshold = "nms_thresh"
  case detectionsPerImage = "detections_per_img"
  case topKCandidates = "topk_candidates"
}

extension OneStageOptions {
  /// Decodes what all detectors of one stage have, but for the transform.
  mutating func decodeSelection(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: SelectionKeys.self)
    scoreThreshold = try values.decode(Double.self, forKey: .scoreThreshold)
    nmsThreshold = try values.decode(Double.self, forKey: .nmsThreshold)
    detectionsPerImage = try values.decode(Int.self, forKey: .detectionsPerImage)
    topKCandidates = try values.decode(Int.self, forKey: .topKCandidates)
  }

  /// Encodes what all detectors of one stage have, but for the transform.
  func encodeSelection(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: SelectionKeys.self)
    try values.encode(scoreThreshold, forKey: .scoreThreshold)
    try values.encode(nmsThreshold, forKey: .nmsThreshold)
    try values.encode(detectionsPerImage, forKey: .detectionsPerImage)
    try values.encode(topKCandidates, forKey: .topKCandidates)
  }
}
