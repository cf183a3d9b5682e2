public import Torch

/// Proposes boxes in which an object may be, of whatever class (Ren et al., 2015).
public struct RegionProposalNetwork: Module {
  public let anchorGenerator: AnchorGenerator
  public var head: RPNHead
  public let options: RPNOptions
  public var sampler: BalancedPositiveNegativeSampler
  let boxCoder = BoxCoder()
  let matcher: Matcher

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

  /// Returns the proposals of each image, [P, 4] in pixels of the batch, best first.
  ///
  /// - Parameter maps: [N, C, H, W], from the finest on.
  public func proposals(_ images: ImageList, _ maps: [Tensor]) -> [Tensor] {
    let limits = Limits(perLevel: options.preNMSTopNInference, kept: options.postNMSTopNInference)
    return proposals(
      head(maps, .inference), anchors(images, maps), images.imageSizes, limits)
  }

  /// The proposals and how wrong they are: `loss_objectness` and `loss_rpn_box_reg`.
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

  /// The number of boxes that each level and each image hand on.
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
      // Of all images at once, as ties among equal logits then fall as in torchvision.
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

  /// Boxes of one image, by levels, without the small and the repeated ones.
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

  /// 1 for an object, 0 for background, −1 for what is neither.
  private func labels(of matches: Tensor) -> Tensor {
    (matches .>= 0).to(.int64) - (matches .== Matcher.betweenThresholds).to(.int64)
  }
}

/// How proposals are chosen and learnt; torchvision's defaults. Coded by the names of
/// torchvision's arguments.
public struct RPNOptions: Sendable, Codable, Hashable {
  /// Anchors of each feature map that are looked at, the most certain ones, in training.
  public var preNMSTopNTraining = 2000
  public var preNMSTopNInference = 1000
  /// Proposals of an image in training.
  public var postNMSTopNTraining = 2000
  public var postNMSTopNInference = 1000
  /// The overlap above which the less certain of two proposals of one feature map goes.
  public var nmsThreshold = 0.7
  /// The least certainty of a proposal.
  public var scoreThreshold = 0.0
  /// The overlap from which on an anchor is an object.
  public var foregroundIoUThreshold = 0.7
  /// The overlap below which an anchor is background.
  public var backgroundIoUThreshold = 0.3
  /// Anchors of an image that are learnt from.
  public var batchSizePerImage = 256
  /// The greatest share of objects among them.
  public var positiveFraction = 0.5

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
