public import Torch

/// A detector of two stages: proposes boxes, then tells what is in them (Ren et al., 2015).
public struct GeneralizedRCNN<Heads: DetectionHeads>: BackboneDetector {
  public let transform: GeneralizedRCNNTransform
  public let backbone: any Backbone
  public var rpn: RegionProposalNetwork
  public var roiHeads: Heads

  /// Lays the weights channels-last, as the transform lays the images.
  init(
    transform: GeneralizedRCNNTransform, backbone: any Backbone, rpn: RegionProposalNetwork,
    roiHeads: Heads
  ) {
    self.transform = transform
    self.backbone = backbone
    self.rpn = rpn
    self.roiHeads = roiHeads
    lay(.channelsLast)
  }

  public var networkParts: [NetworkPart] { backbone.networkParts }

  public var limits: DetectionLimits {
    DetectionLimits(
      roiHeads.box.options,
      proposals: DetectionLimits.Proposals(options: rpn.options, pool: roiHeads.box.boxRoIPool))
  }

  public var matching: AnchorMatching { .overlap(threshold: rpn.options.foregroundIoUThreshold) }

  public var anchorLists: AnchorGenerator? { rpn.anchorGenerator }

  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  /// Returns the losses of the heads, then `loss_objectness` and `loss_rpn_box_reg`.
  public func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    let (images, targets) = transform(images, targets)
    let maps = backbone.features(images.tensors, .training)
    let (proposals, proposalLosses) = rpn.losses(images, maps.map(\.map), targets)
    let input = RoIInput(maps: maps, proposals: proposals, imageSizes: images.imageSizes)
    return roiHeads.losses(input, targets) + proposalLosses
  }

  public func detections(images: [Tensor]) -> [Detections] {
    withoutGradients {
      let batch = transform(images)
      let maps = backbone.features(batch.tensors, .inference)
      let proposals = rpn.proposals(batch, maps.map(\.map))
      let found = roiHeads.detections(
        RoIInput(maps: maps, proposals: proposals, imageSizes: batch.imageSizes))
      return transform.restored(
        found, from: batch.imageSizes, to: images.map { SpatialSize(of: $0) })
    }
  }
}
