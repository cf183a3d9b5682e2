public import Torch

/// A two-stage detector, which proposes boxes and then classifies and refines them (Ren et al.,
/// 2015); torchvision's `GeneralizedRCNN`.
public struct GeneralizedRCNN<Heads: DetectionHeads>: BackboneDetector {
  /// The transform that normalises, resizes and batches images.
  public let transform: GeneralizedRCNNTransform
  /// The backbone that provides the feature maps.
  public let backbone: any Backbone
  /// The first stage, which proposes boxes.
  public var rpn: RegionProposalNetwork
  /// The second stage, which turns proposals into detections.
  public var roiHeads: Heads

  /// Creates a detector and lays its weights channels-last, to match the layout of the transform's
  /// batches.
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

  /// The places of the classification network's layers in the backbone.
  public var networkParts: [NetworkPart] { backbone.networkParts }

  /// The limits set by the options of both stages.
  public var limits: DetectionLimits {
    DetectionLimits(
      roiHeads.box.options,
      proposals: DetectionLimits.Proposals(options: rpn.options, pool: roiHeads.box.boxRoIPool))
  }

  /// The rule by which the region proposal network assigns objects to its anchors.
  public var matching: AnchorMatching { .overlap(threshold: rpn.options.foregroundIoUThreshold) }

  /// The anchor generator of the region proposal network.
  public var anchorLists: AnchorGenerator? { rpn.anchorGenerator }

  /// Returns the size of each map of the backbone for images of a size.
  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  /// Returns the losses of the second stage, then `loss_objectness` and `loss_rpn_box_reg`.
  public func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    let (images, targets) = transform(images, targets)
    let maps = backbone.features(images.tensors, .training)
    let (proposals, proposalLosses) = rpn.losses(images, maps.map(\.map), targets)
    let input = RoIInput(maps: maps, proposals: proposals, imageSizes: images.imageSizes)
    return roiHeads.losses(input, targets) + proposalLosses
  }

  /// Returns the detections of each image, in pixels of the image as it was given.
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
