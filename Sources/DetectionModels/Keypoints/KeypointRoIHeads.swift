public import Torch

/// The heads of boxes and, on top of them, those of keypoints (He et al., 2017).
public struct KeypointRoIHeads: Module, DetectionHeads {
  public var box: RoIHeads
  public let keypointRoIPool: MultiScaleRoIAlign
  public var keypointHead: KeypointRCNNHeads
  public var keypointPredictor: KeypointRCNNPredictor

  public init(
    box: RoIHeads, keypointRoIPool: MultiScaleRoIAlign, keypointHead: KeypointRCNNHeads,
    keypointPredictor: KeypointRCNNPredictor
  ) {
    self.box = box
    self.keypointRoIPool = keypointRoIPool
    self.keypointHead = keypointHead
    self.keypointPredictor = keypointPredictor
  }

  public var boxPredictor: FastRCNNPredictor {
    get { box.boxPredictor }
    set { box.boxPredictor = newValue }
  }

  /// The state has the parts of the boxes beside those of the keypoints, as torchvision's.
  public var parts: [ModulePart] {
    box.parts + [
      ModulePart(key: "keypoint_head", value: keypointHead),
      ModulePart(key: "keypoint_predictor", value: keypointPredictor),
    ]
  }

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

  /// The cross entropy of the place of every keypoint that is labelled and lies in its proposal.
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
      // Without a keypoint the loss is 0, but a part of the graph still.
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
