public import Torch

/// The first stage of a two-stage detector, which proposes boxes that may contain an object of any
/// class (Ren et al., 2015).
public struct RegionProposalNetwork: Module {
  /// The anchor generator.
  public let anchorGenerator: AnchorGenerator
  /// The head that predicts objectness and box offsets.
  public var head: RPNHead
  /// The options of selection and training.
  public let options: RPNOptions
  /// The sampler of the anchors to train on.
  public var sampler: BalancedPositiveNegativeSampler
  let boxCoder = BoxCoder()
  let matcher: Matcher

  /// Creates a network from its anchors, its head and its options.
  public init(
    anchorGenerator: AnchorGenerator, head: RPNHead, options: RPNOptions = RPNOptions()
  ) {
    self.anchorGenerator = anchorGenerator
    self.head = head
    self.options = options
    sampler = BalancedPositiveNegativeSampler(
      batchSizePerImage: options.batchSizePerImage, positiveFraction: options.positiveFraction)
    matcher = Matcher(
      highThreshold: options.foregroundIoUThreshold, lowThreshold: options.backgroundIoUThreshold,
      allowLowQualityMatches: true)
  }

  /// Returns the proposals of each image, [P, 4] in pixels of the batch, in order of descending
  /// score.
  ///
  /// - Parameters:
  ///   - images: The batch.
  ///   - maps: The feature maps, [N, C, H, W] each, finest first.
  public func proposals(_ images: ImageList, _ maps: [Tensor]) -> [Tensor] {
    let limits = Limits(perLevel: options.preNMSTopNInference, kept: options.postNMSTopNInference)
    return proposals(
      head(maps, .inference), anchors(images, maps), images.imageSizes, limits)
  }

  /// Returns the proposals and the losses `loss_objectness` and `loss_rpn_box_reg`.
  public func losses(
    _ images: ImageList, _ maps: [Tensor], _ targets: [TrainingTarget]
  ) -> (proposals: [Tensor], losses: Losses) {
    let predictions = head(maps, .training)
    let anchors = anchors(images, maps)
    let limits = Limits(perLevel: options.preNMSTopNTraining, kept: options.postNMSTopNTraining)
    return (
      proposals(predictions, anchors, images.imageSizes, limits),
      losses(predictions, .concatenate(anchors), targets)
    )
  }

  /// The numbers of boxes that are kept from each level and of each image.
  private struct Limits {
    let perLevel: Int
    let kept: Int
  }

  private typealias Predictions = [(logits: Tensor, codes: Tensor)]

  private func anchors(_ images: ImageList, _ maps: [Tensor]) -> [Tensor] {
    anchorGenerator(imageSize: SpatialSize(of: images.tensors), maps: maps)
  }

  private func proposals(
    _ predictions: Predictions, _ anchors: [Tensor], _ sizes: [SpatialSize], _ limits: Limits
  ) -> [Tensor] {
    withoutGradients {
      // For all images at once, so that ties among equal logits resolve as in torchvision.
      let best = predictions.map { level in
        level.logits.detached().topK(min(limits.perLevel, level.logits.size(1)), dim: 1)
      }
      return sizes.enumerated().map { image, size in
        let boxes = zip(zip(best, predictions), anchors).map { level, anchors in
          let chosen = level.0.indices[image]
          return boxCoder.decode(level.1.codes.detached()[image][chosen], anchors[chosen])
            .squeezed(1)
        }
        return filtered(boxes, logits: best.map { $0.values[image] }, size, kept: limits.kept)
      }
    }
  }

  /// Returns the boxes of one image, given by levels, without small and overlapping ones.
  private func filtered(
    _ levels: [Tensor], logits: [Tensor], _ size: SpatialSize, kept: Int
  ) -> Tensor {
    let boxes = clipBoxes(.concatenate(levels), to: (size.height, size.width))
    let scores = Tensor.concatenate(logits).to(boxes.dtype).sigmoid()
    let level = Tensor.concatenate(
      levels.enumerated().map {
        .full([$0.element.size(0)], Double($0.offset), dtype: .int64, on: boxes.device)
      })
    var chosen = removeSmallBoxes(boxes, minSize: 1e-3)
    chosen = chosen[scores[chosen] .>= options.scoreThreshold]
    let candidates = boxes[chosen]
    let order = batchedNMS(
      candidates, scores[chosen], level[chosen], iouThreshold: options.nmsThreshold)
    return candidates[order[..<kept]]
  }

  private func losses(
    _ predictions: Predictions, _ anchors: Tensor, _ targets: [TrainingTarget]
  ) -> Losses {
    let matches = targets.map { matcher.matches(anchors, to: $0) }
    let samples = sampler(matches.map { labels(of: $0) })
    let logits = Tensor.concatenate(predictions.map(\.logits), dim: 1)
    let codes = Tensor.concatenate(predictions.map(\.codes), dim: 1)
    let positives = zip(0..., samples).map { logits[$0][$1.positives] }
    let negatives = zip(0..., samples).map { logits[$0][$1.negatives] }
    let sampled = Tensor.concatenate(positives + negatives).inFullPrecision
    let isObject = Tensor.concatenate(
      positives.map { .ones($0.shape, on: anchors.device) }
        + negatives.map { .zeros($0.shape, on: anchors.device) })
    let truths = zip(targets, zip(matches, samples)).map { target, found in
      target.boxes.to(anchors.dtype)[found.0[found.1.positives]]
    }
    let boxLoss = smoothL1(
      .concatenate(zip(0..., samples).map { codes[$0][$1.positives] }).inFullPrecision,
      boxCoder.encode(
        .concatenate(truths), .concatenate(samples.map { anchors[$0.positives] })),
      beta: 1 / 9.0, reduction: .sum)
    return Losses([
      (
        "loss_objectness",
        SharedBatch.mean(over: sampled.count) {
          binaryCrossEntropy(logits: sampled, isObject, reduction: $0)
        }
      ),
      ("loss_rpn_box_reg", boxLoss / SharedBatch.divisor(sampled.count)),
    ])
  }

  /// Returns 1 for an object, 0 for background and −1 for anchors between the thresholds.
  private func labels(of matches: Tensor) -> Tensor {
    (matches .>= 0).to(.int64) - (matches .== Matcher.betweenThresholds).to(.int64)
  }
}

/// The options of a region proposal network, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments.
public struct RPNOptions: Sendable, Codable, Hashable {
  /// The number of anchors with the highest scores kept from each feature map before non-maximum
  /// suppression, in training.
  public var preNMSTopNTraining = 2000
  /// The number of anchors with the highest scores kept from each feature map before non-maximum
  /// suppression, in inference.
  public var preNMSTopNInference = 1000
  /// The number of proposals of an image kept after non-maximum suppression, in training.
  public var postNMSTopNTraining = 2000
  /// The number of proposals of an image kept after non-maximum suppression, in inference.
  public var postNMSTopNInference = 1000
  /// The IoU above which the proposal with the lower score, of two of one feature map, is removed.
  public var nmsThreshold = 0.7
  /// The least score of a proposal.
  public var scoreThreshold = 0.0
  /// The IoU from which on an anchor is an object.
  public var foregroundIoUThreshold = 0.7
  /// The IoU below which an anchor is background.
  public var backgroundIoUThreshold = 0.3
  /// The number of anchors of an image drawn for training.
  public var batchSizePerImage = 256
  /// The greatest fraction of objects among them.
  public var positiveFraction = 0.5

  /// Creates torchvision's defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case preNMSTopNTraining = "rpn_pre_nms_top_n_train"
    case preNMSTopNInference = "rpn_pre_nms_top_n_test"
    case postNMSTopNTraining = "rpn_post_nms_top_n_train"
    case postNMSTopNInference = "rpn_post_nms_top_n_test"
    case nmsThreshold = "rpn_nms_thresh"
    case scoreThreshold = "rpn_score_thresh"
    case foregroundIoUThreshold = "rpn_fg_iou_thresh"
    case backgroundIoUThreshold = "rpn_bg_iou_thresh"
    case batchSizePerImage = "rpn_batch_size_per_image"
    case positiveFraction = "rpn_positive_fraction"
  }
}
