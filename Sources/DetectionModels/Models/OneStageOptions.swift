import Torch

/// The options that all one-stage detectors share: the transform and the selection of detections
/// among the scores of thousands of places.
///
/// They are coded under the names of torchvision's arguments, in one flat mapping.
public protocol OneStageOptions: Codable, Sendable, Hashable {
  /// The options of the transform.
  var transform: TransformOptions { get set }
  /// The score that detections have to exceed.
  var scoreThreshold: Double { get set }
  /// The IoU above which the detection with the lower score, of two of one class, is removed.
  var nmsThreshold: Double { get set }
  /// The greatest number of detections of an image.
  var detectionsPerImage: Int { get set }
  /// The number of candidates with the highest scores that are kept from each feature map, or of
  /// each class in an SSD, before non-maximum suppression.
  var topKCandidates: Int { get set }
}

extension OneStageOptions {
  /// Returns the candidates with the highest scores in descending order: the indices of their
  /// boxes, their classes and their scores.
  ///
  /// - Parameter scores: The score of every class in every box, [A, classes].
  func candidates(_ scores: Tensor) -> (rows: Tensor, classes: Tensor, scores: Tensor) {
    let classes = scores.size(1)
    let scores = scores.flattened()
    let certain = (scores .> scoreThreshold).nonzero().flattened()
    let top = scores[certain].topK(min(topKCandidates, certain.count), dim: 0)
    let places = certain[top.indices]
    let rows = places.floorDivided(by: Tensor(classes).to(places.device))
    return (rows, places % classes, top.values)
  }

  /// Returns the detections that remain after non-maximum suppression, in order of descending
  /// score.
  func best(of parts: [Detections]) -> Detections {
    let all = Detections(
      boxes: .concatenate(parts.map(\.boxes)), labels: .concatenate(parts.map(\.labels)),
      scores: .concatenate(parts.map(\.scores)))
    let order = batchedNMS(all.boxes, all.scores, all.labels, iouThreshold: nmsThreshold)
    return all.selecting(order[..<detectionsPerImage])
  }
}

/// The keys of the options that all one-stage detectors share.
private enum SelectionKeys: String, CodingKey {
  case scoreThreshold = "score_thresh"
  case nmsThreshold = "nms_thresh"
  case detectionsPerImage = "detections_per_img"
  case topKCandidates = "topk_candidates"
}

extension OneStageOptions {
  /// Decodes the options that all one-stage detectors share, except the transform.
  mutating func decodeSelection(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: SelectionKeys.self)
    scoreThreshold = try values.decode(Double.self, forKey: .scoreThreshold)
    nmsThreshold = try values.decode(Double.self, forKey: .nmsThreshold)
    detectionsPerImage = try values.decode(Int.self, forKey: .detectionsPerImage)
    topKCandidates = try values.decode(Int.self, forKey: .topKCandidates)
  }

  /// Encodes the options that all one-stage detectors share, except the transform.
  func encodeSelection(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: SelectionKeys.self)
    try values.encode(scoreThreshold, forKey: .scoreThreshold)
    try values.encode(nmsThreshold, forKey: .nmsThreshold)
    try values.encode(detectionsPerImage, forKey: .detectionsPerImage)
    try values.encode(topKCandidates, forKey: .topKCandidates)
  }
}
