public import Torch

/// The heads of boxes and, on top of them, those of masks (He et al., 2017).
public struct MaskRoIHeads: Module, DetectionHeads {
  public var box: RoIHeads
  public let maskRoIPool: MultiScaleRoIAlign
  public var maskHead: MaskRCNNHeads
  public var maskPredictor: MaskRCNNPredictor

  public init(
    box: RoIHeads, maskRoIPool: MultiScaleRoIAlign, maskHead: MaskRCNNHeads,
    maskPredictor: MaskRCNNPredictor
  ) {
    self.box = box
    self.maskRoIPool = maskRoIPool
    self.maskHead = maskHead
    self.maskPredictor = maskPredictor
  }

  public var boxPredictor: FastRCNNPredictor {
    get { box.boxPredictor }
    set { box.boxPredictor = newValue }
  }

  /// The state has the parts of the boxes beside those of the masks, as torchvision's.
  public var parts: [ModulePart] {
    box.parts + [
      ModulePart(key: "mask_head", value: maskHead),
      ModulePart(key: "mask_predictor", value: maskPredictor),
    ]
  }

  public func detections(_ input: RoIInput) -> [Detections] {
    let found = box.detections(input)
    let features = features(input, found.map(\.boxes), .inference)
    let labels = Tensor.concatenate(found.map(\.labels))
    let probabilities = maskPredictor.masks(features, of: labels).inFullPrecision.sigmoid()
    var start = 0
    return zip(found, input.imageSizes).map { detections, size in
      let rows = start..<start + detections.count
      start = rows.upperBound
      var detections = detections
      detections.masks = InstanceMasks(
        probabilities: probabilities[rows], boxes: detections.boxes, imageSize: size)
      return detections
    }
  }

  /// Returns the losses of the boxes and `loss_mask`.
  public func losses(_ input: RoIInput, _ targets: [TrainingTarget]) -> Losses {
    let samples = box.samples(input.proposals, targets)
    let losses = box.losses(input, targets, samples)
    let objects = samples.map(\.objects)
    let logits = maskPredictor(features(input, objects.map(\.proposals), .training))
    return losses + Losses([("loss_mask", maskLoss(logits, objects, targets))])
  }

  private func features(_ input: RoIInput, _ boxes: [Tensor], _ mode: Mode) -> Tensor {
    maskHead(maskRoIPool(input.maps, boxes, input.imageSizes), mode)
  }

  /// Returns for every box [K, classes, M, M] the channel of its label: [K, M, M].
  private func channels(_ logits: Tensor, _ labels: Tensor) -> Tensor {
    let shape = logits.shape
    let places = Tensor.arange(shape[0], on: labels.device) * shape[1] + labels
    return logits.reshaped([shape[0] * shape[1], shape[2], shape[3]])[places]
  }

  private func maskLoss(
    _ logits: Tensor, _ objects: [RoISample], _ targets: [TrainingTarget]
  ) -> Tensor {
    let labels = Tensor.concatenate(objects.map(\.labels))
    let count = labels.count * logits.size(-1) * logits.size(-2)
    return SharedBatch.mean(over: count) { maskLoss(logits, labels, objects, targets, $0) }
  }

  private func maskLoss(
    _ logits: Tensor, _ labels: Tensor, _ objects: [RoISample], _ targets: [TrainingTarget],
    _ reduction: LossReduction
  ) -> Tensor {
    // Without an object the loss is 0, but a part of the graph still.
    guard !logits.isEmpty else { return logits.sum() * 0 }
    let masks = zip(targets, objects).map { target, objects in
      withoutGradients { maskTargets(target, objects, side: logits.size(-1)) }
    }
    return binaryCrossEntropy(
      logits: channels(logits, labels).inFullPrecision, .concatenate(masks), reduction: reduction)
  }

  /// The part of each object's mask that lies in its proposal: [K, side, side].
  private func maskTargets(_ target: TrainingTarget, _ objects: RoISample, side: Int) -> Tensor {
    guard let masks = target.masks else {
      preconditionFailure("expected masks in every target, found none in one")
    }
    let proposals = objects.proposals
    let regions = Tensor.concatenate(
      [objects.matches.to(proposals.dtype).unsqueezed(1), proposals], dim: 1)
    return roiAlign(
      masks.unsqueezed(1).to(proposals.dtype), regions, outputSize: Sizes(side)
    ).squeezed(1)
  }
}
