public import Torch

/// Tells the classes of proposed boxes and their exact places (Girshick, 2015).
public struct RoIHeads: Module, DetectionHeads {
  public let boxRoIPool: MultiScaleRoIAlign
  public var boxHead: any BoxHead
  public var boxPredictor: FastRCNNPredictor
  public let options: RoIOptions
  public var sampler: BalancedPositiveNegativeSampler
  let boxCoder: BoxCoder
  let matcher: Matcher

  public init(
    boxRoIPool: MultiScaleRoIAlign, boxHead: any BoxHead, boxPredictor: FastRCNNPredictor,
    options: RoIOptions = RoIOptions()
  ) {
    self.boxRoIPool = boxRoIPool
    self.boxHead = boxHead
    self.boxPredictor = boxPredictor
    self.options = options
    sampler = BalancedPositiveNegativeSampler(
      batchSizePerImage: options.batchSizePerImage, positiveFraction: options.positiveFraction)
    boxCoder = BoxCoder(weights: options.boxRegressionWeights)
    matcher = Matcher(
      highThreshold: options.foregroundIoUThreshold, lowThreshold: options.backgroundIoUThreshold)
  }

  public var numClasses: Int { boxPredictor.numClasses }
  public var box: RoIHeads { self }

  public func detections(_ input: RoIInput) -> [Detections] {
    let predictions = predictions(input, input.proposals, .inference)
    let scores = predictions.logits.inFullPrecision.softmax(dim: 1)
    var start = 0
    return zip(input.proposals, input.imageSizes).map { proposals, size in
      let rows = start..<start + proposals.size(0)
      start = rows.upperBound
      return filtered(scores[rows], predictions.codes[rows], proposals, size)
    }
  }

  public func losses(_ input: RoIInput, _ targets: [TrainingTarget]) -> Losses {
    losses(input, targets, samples(input.proposals, targets))
  }

  /// `loss_classifier` and `loss_box_reg` of the proposals that were drawn.
  func losses(
    _ input: RoIInput, _ targets: [TrainingTarget], _ samples: [RoISample]
  ) -> Losses {
    let predictions = predictions(input, samples.map(\.proposals), .training)
    let labels = Tensor.concatenate(samples.map(\.labels))
    let truths = zip(targets, samples).map { target, sample in
      // An image without objects has background alone, whose boxes nobody looks at.
      target.isEmpty ? sample.proposals : target.boxes.to(sample.proposals.dtype)[sample.matches]
    }
    let positives = (labels .> 0).nonzero().flattened()
    let regressionTargets = boxCoder.encode(
      Tensor.concatenate(truths)[positives],
      Tensor.concatenate(samples.map(\.proposals))[positives])
    let codes = predictions.codes.reshaped([-1, 4])[positives * numClasses + labels[positives]]
    let boxLoss = smoothL1(
      codes.inFullPrecision, regressionTargets, beta: 1 / 9.0, reduction: .sum)
    return Losses([
      (
        "loss_classifier",
        SharedBatch.mean(over: labels.count) {
          crossEntropy(predictions.logits.inFullPrecision, labels, reduction: $0)
        }
      ),
      ("loss_box_reg", boxLoss / SharedBatch.divisor(labels.count)),
    ])
  }

  /// Draws which proposals are learnt from; the objects' own boxes are among them.
  func samples(_ proposals: [Tensor], _ targets: [TrainingTarget]) -> [RoISample] {
    withoutGradients {
      let all = zip(proposals, targets).map { proposals, target in
        sample(.concatenate([proposals, target.boxes.to(proposals.dtype)]), target)
      }
      return zip(all, sampler(all.map(\.labels))).map { $0.selecting($1.indices) }
    }
  }

  private func sample(_ proposals: Tensor, _ target: TrainingTarget) -> RoISample {
    guard !target.isEmpty else {
      let zeros = Tensor.zeros([proposals.size(0)], dtype: .int64, on: proposals.device)
      return RoISample(proposals: proposals, matches: zeros, labels: zeros)
    }
    check(target.labels)
    let matches = matcher(boxIoU(target.boxes.to(proposals.dtype), proposals))
    let matched = (matches .>= 0).to(.int64)
    let truths = matches.maximum(Tensor(0).to(matches.device))
    // 0 for background, −1 for what is neither: the matcher's −1 and −2 and one more.
    let labels = target.labels[truths] * matched + (matches + 1) * (1 - matched)
    return RoISample(proposals: proposals, matches: truths, labels: labels)
  }

  private func check(_ labels: Tensor) {
    let greatest = labels.amax().itemInt()
    precondition(
      greatest < numClasses, "expected labels below \(numClasses), found \(greatest)")
  }

  private func predictions(
    _ input: RoIInput, _ boxes: [Tensor], _ mode: Mode
  ) -> (logits: Tensor, codes: Tensor) {
    boxPredictor(boxHead(boxRoIPool(input.maps, boxes, input.imageSizes), mode))
  }

  /// The detections of one image: every class of a box that is certain enough is one, without
  /// the small and the repeated ones.
  private func filtered(
    _ scores: Tensor, _ codes: Tensor, _ proposals: Tensor, _ size: SpatialSize
  ) -> Detections {
    let classes = numClasses - 1
    let objects = scores[.all, 1...].flattened()
    let certain = (objects .> options.scoreThreshold).nonzero().flattened()
    let rows = certain.floorDivided(by: Tensor(classes).to(certain.device))
    let chosen = codes[.all, 1...].reshaped([-1, 4])[certain]
    let boxes = clipBoxes(
      boxCoder.decode(chosen, proposals[rows]).squeezed(1), to: (size.height, size.width))
    let all = Detections(boxes: boxes, labels: certain % classes + 1, scores: objects[certain])
    let large = all.selecting(removeSmallBoxes(boxes, minSize: 1e-2))
    let order = batchedNMS(
      large.boxes, large.scores, large.labels, iouThreshold: options.nmsThreshold)
    return large.selecting(order[..<options.detectionsPerImage])
  }
}

/// What the second stage of a detector looks at.
public struct RoIInput: Sendable {
  public let maps: FeatureMaps
  /// The proposals of each image, [P, 4] in pixels of the batch.
  public let proposals: [Tensor]
  /// The size of each image, without what was filled.
  public let imageSizes: [SpatialSize]

  public init(maps: FeatureMaps, proposals: [Tensor], imageSizes: [SpatialSize]) {
    self.maps = maps
    self.proposals = proposals
    self.imageSizes = imageSizes
  }
}

/// The second stage of a detector: makes detections of proposals.
public protocol DetectionHeads: Module {
  /// The heads that find boxes, which may be all that there is.
  var box: RoIHeads { get }

  /// Returns the detections of each image, in pixels of the batch.
  func detections(_ input: RoIInput) -> [Detections]
  func losses(_ input: RoIInput, _ targets: [TrainingTarget]) -> Losses
}

/// How the classes of proposals are learnt and detections are chosen; torchvision's
/// defaults. Coded by the names of torchvision's arguments.
public struct RoIOptions: Sendable, Codable, Hashable {
  /// Detections have a greater score.
  public var scoreThreshold = 0.05
  /// The overlap above which the less certain of two detections of one class goes.
  public var nmsThreshold = 0.5
  public var detectionsPerImage = 100
  /// The overlap from which on a proposal is an object.
  public var foregroundIoUThreshold = 0.5
  /// The overlap below which a proposal is background.
  public var backgroundIoUThreshold = 0.5
  /// Proposals of an image that are learnt from.
  public var batchSizePerImage = 512
  /// The greatest share of objects among them.
  public var positiveFraction = 0.25
  /// What offsets of boxes (x, y, width, height) are multiplied by.
  public var boxRegressionWeights: [Double] = [10, 10, 5, 5]

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case scoreThreshold = "box_score_thresh"
    case nmsThreshold = "box_nms_thresh"
    case detectionsPerImage = "box_detections_per_img"
    case foregroundIoUThreshold = "box_fg_iou_thresh"
    case backgroundIoUThreshold = "box_bg_iou_thresh"
    case batchSizePerImage = "box_batch_size_per_image"
    case positiveFraction = "box_positive_fraction"
    case boxRegressionWeights = "bbox_reg_weights"
  }
}

/// Proposals of one image with what they are: all of them, or those that were drawn.
struct RoISample {
  /// [K, 4]
  let proposals: Tensor
  /// int64 [K]: the index of each one's object, 0 where it is none.
  let matches: Tensor
  /// int64 [K]: the object's class, 0 for background, −1 for what is neither.
  let labels: Tensor

  func selecting(_ indices: Tensor) -> RoISample {
    RoISample(
      proposals: proposals[indices], matches: matches[indices], labels: labels[indices])
  }

  /// Only those that are objects.
  var objects: RoISample {
    selecting((labels .> 0).nonzero().flattened())
  }
}
