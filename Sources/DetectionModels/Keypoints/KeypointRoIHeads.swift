public import Torch

/// The second stage of a Keypoint R-CNN: the box heads, and the keypoint heads for their detections
/// (He et al., 2017).
public struct KeypointRoIHeads: Module, DetectionHeads {
  /// The heads that find boxes.
  public var box: RoIHeads
  /// The pooling of the keypoints' boxes.
  public let keypointRoIPool: MultiScaleRoIAlign
  /// The convolutions before the keypoint predictor.
  public var keypointHead: KeypointRCNNHeads
  /// The predictor of the heatmaps.
  public var keypointPredictor: KeypointRCNNPredictor

  /// Creates the heads from their parts.
  public init(
    box: RoIHeads, keypointRoIPool: MultiScaleRoIAlign, keypointHead: KeypointRCNNHeads,
    keypointPredictor: KeypointRCNNPredictor
  ) {
    self.box = box
    self.keypointRoIPool = keypointRoIPool
    self.keypointHead = keypointHead
    self.keypointPredictor = keypointPredictor
  }

  /// The predictor of classes and box offsets in `box`.
  public var boxPredictor: FastRCNNPredictor {
    get { box.boxPredictor }
    set { box.boxPredictor = newValue }
  }

  /// The parts of the box heads and those of the keypoints side by side, as in torchvision's state.
  public var parts: [ModulePart] {
    box.parts + [
      ModulePart(key: "keypoint_head", value: keypointHead),
      ModulePart(key: "keypoint_predictor", value: keypointPredictor),
    ]
  }

  /// Returns the detections of each image with their keypoints, in pixels of the batch.
  public func detections(_ input: RoIInput) -> [Detections] {
    let found = box.detections(input)
    let boxes = found.map(\.boxes)
    let maps = keypointPredictor(features(input, boxes, .inference)).inFullPrecision
    let keypoints = KeypointHeatmaps.keypoints(of: maps, in: .concatenate(boxes))
    var start = 0
    return found.map { detections in
      let rows = start..<start + detections.count
      start = rows.upperBound
      var detections = detections
      detections.keypoints = keypoints.places[rows]
      detections.keypointScores = keypoints.scores[rows]
      return detections
    }
  }

  /// Returns the losses of the boxes and `loss_keypoint`.
  public func losses(_ input: RoIInput, _ targets: [TrainingTarget]) -> Losses {
    let samples = box.samples(input.proposals, targets)
    let losses = box.losses(input, targets, samples)
    let objects = samples.map(\.objects)
    let logits = keypointPredictor(features(input, objects.map(\.proposals), .training))
    return losses + Losses([("loss_keypoint", keypointLoss(logits, objects, targets))])
  }

  private func features(_ input: RoIInput, _ boxes: [Tensor], _ mode: Mode) -> Tensor {
    keypointHead(keypointRoIPool(input.maps, boxes, input.imageSizes), mode)
  }

  /// Returns the cross entropy of the place of every keypoint that is labelled and lies in its
  /// proposal.
  private func keypointLoss(
    _ logits: Tensor, _ objects: [RoISample], _ targets: [TrainingTarget]
  ) -> Tensor {
    let side = logits.size(-1)
    precondition(
      logits.size(-2) == side, "expected square heatmaps, found \(logits.size(-2))×\(side)")
    let places = zip(targets, objects).map { target, objects in
      withoutGradients { self.places(target, objects, side: side) }
    }
    let isThere = Tensor.concatenate(places.map { $0.isThere.flattened() })
    let rows = isThere.nonzero().flattened()
    return SharedBatch.mean(over: rows.count) { reduction in
      // Without a keypoint the loss is 0, but still part of the graph.
      guard !rows.isEmpty else { return logits.sum() * 0 }
      let indices = Tensor.concatenate(places.map { $0.indices.flattened() })
      return crossEntropy(
        logits.reshaped([-1, side * side])[rows].inFullPrecision, indices[rows],
        reduction: reduction)
    }
  }

  private func places(
    _ target: TrainingTarget, _ objects: RoISample, side: Int
  ) -> KeypointHeatmaps.Places {
    guard let keypoints = target.keypoints else {
      preconditionFailure("expected keypoints in every target, found none in one")
    }
    let (expected, found) = (keypointPredictor.numKeypoints, keypoints.size(1))
    precondition(
      expected == found, "expected \(expected) keypoints of each object, found \(found)")
    return KeypointHeatmaps.places(
      of: keypoints[objects.matches], in: objects.proposals, side: side)
  }
}
