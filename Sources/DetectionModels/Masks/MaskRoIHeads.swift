public import Torch

/// The second stage of a Mask R-CNN: the box heads, and the mask heads for their detections (He et
/// al., 2017).
public struct MaskRoIHeads: Module, DetectionHeads {
  /// The heads that find boxes.
  public var box: RoIHeads
  /// The pooling of the masks' boxes.
  public let maskRoIPool: MultiScaleRoIAlign
  /// The convolutions before the mask predictor.
  public var maskHead: MaskRCNNHeads
  /// The predictor of the masks.
  public var maskPredictor: MaskRCNNPredictor

  /// Creates the heads from their parts.
  public init(
    box: RoIHeads, maskRoIPool: MultiScaleRoIAlign, maskHead: MaskRCNNHeads,
    maskPredictor: MaskRCNNPredictor
  ) {
    self.box = box
    self.maskRoIPool = maskRoIPool
    self.maskHead = maskHead
    self.maskPredictor = maskPredictor
  }

  /// The predictor of classes and box offsets in `box`.
  public var boxPredictor: FastRCNNPredictor {
    get { box.boxPredictor }
    set { box.boxPredictor = newValue }
  }

  /// The parts of the box heads and those of the masks side by side, as in torchvision's state.
  public var parts: [ModulePart] {
    box.parts + [
      ModulePart(key: "mask_head", value: maskHead),
      ModulePart(key: "mask_predictor", value: maskPredictor),
    ]
  }

  /// Returns the detections of each image with their masks, in pixels of the batch.
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

  /// Returns for every box, [K, classes, M, M], the channel of its label: [K, M, M].
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
    // Without an object the loss is 0, but still part of the graph.
    guard !logits.isEmpty else { return logits.sum() * 0 }
    let masks = zip(targets, objects).map { target, objects in
      withoutGradients { maskTargets(target, objects, side: logits.size(-1)) }
    }
    return binaryCrossEntropy(
      logits: channels(logits, labels).inFullPrecision, .concatenate(masks), reduction: reduction)
  }

  /// Returns the part of each object's mask that lies in its proposal, [K, side, side].
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
