public import Torch

/// The second stage of a Faster R-CNN, which classifies proposed boxes and refines them (Girshick,
/// 2015); torchvision's `RoIHeads`.
public struct RoIHeads: Module, DetectionHeads {
  /// The pooling of the boxes.
  public let boxRoIPool: MultiScaleRoIAlign
  /// The head that turns pooled boxes into features.
  public var boxHead: any BoxHead
  /// The predictor of classes and box offsets.
  public var boxPredictor: FastRCNNPredictor
  /// The options of selection and training.
  public let options: RoIOptions
  /// The sampler of the proposals to train on.
  public var sampler: BalancedPositiveNegativeSampler
  let boxCoder: BoxCoder
  let matcher: Matcher

  /// Creates box heads from their parts and options.
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

  /// The number of classes, the background included.
  public var numClasses: Int { boxPredictor.numClasses }
  /// The heads themselves.
  public var box: RoIHeads { self }

  /// Returns the detections of each image, in pixels of the batch, in order of descending score.
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

  /// Returns `loss_classifier` and `loss_box_reg` of a sample of the proposals.
  public func losses(_ input: RoIInput, _ targets: [TrainingTarget]) -> Losses {
    losses(input, targets, samples(input.proposals, targets))
  }

  /// Returns `loss_classifier` and `loss_box_reg` of drawn proposals.
  func losses(
    _ input: RoIInput, _ targets: [TrainingTarget], _ samples: [RoISample]
  ) -> Losses {
    let predictions = predictions(input, samples.map(\.proposals), .training)
    let labels = Tensor.concatenate(samples.map(\.labels))
    let truths = zip(targets, samples).map { target, sample in
      // An image without objects has only background, whose boxes are not used.
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

  /// Draws the proposals to train on, among which are the objects' own boxes.
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
    // This is 0 for background and −1 between the thresholds: the matcher's −1 and −2, plus one.
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

  /// Returns the detections of one image: every class of a box whose score suffices, without small
  /// and overlapping boxes.
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

/// The input of a detector's second stage.
public struct RoIInput: Sendable {
  /// The feature maps of the batch.
  public let maps: FeatureMaps
  /// The proposals of each image, [P, 4] in pixels of the batch.
  public let proposals: [Tensor]
  /// The size of each image, without padding.
  public let imageSizes: [SpatialSize]

  /// Creates an input from feature maps, proposals and image sizes.
  public init(maps: FeatureMaps, proposals: [Tensor], imageSizes: [SpatialSize]) {
    self.maps = maps
    self.proposals = proposals
    self.imageSizes = imageSizes
  }
}

/// The second stage of a two-stage detector, which turns proposals into detections.
public protocol DetectionHeads: Module {
  /// The heads that find boxes, which may be the whole stage.
  var box: RoIHeads { get }

  /// Returns the detections of each image, in pixels of the batch.
  func detections(_ input: RoIInput) -> [Detections]
  /// Returns the losses of the stage under torchvision's names.
  func losses(_ input: RoIInput, _ targets: [TrainingTarget]) -> Losses
}

/// The options of the box heads, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments.
public struct RoIOptions: Sendable, Codable, Hashable {
  /// The score that detections have to exceed.
  public var scoreThreshold = 0.05
  /// The IoU above which the detection with the lower score, of two of one class, is removed.
  public var nmsThreshold = 0.5
  /// The greatest number of detections of an image.
  public var detectionsPerImage = 100
  /// The IoU from which on a proposal is an object.
  public var foregroundIoUThreshold = 0.5
  /// The IoU below which a proposal is background.
  public var backgroundIoUThreshold = 0.5
  /// The number of proposals of an image drawn for training.
  public var batchSizePerImage = 512
  /// The greatest fraction of objects among them.
  public var positiveFraction = 0.25
  /// The factors of the box offsets: x, y, width, height.
  public var boxRegressionWeights: [Double] = [10, 10, 5, 5]

  /// Creates torchvision's defaults.
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

/// The proposals of one image with their labels: all of them, or a drawn sample.
struct RoISample {
  /// The proposals, [K, 4].
  let proposals: Tensor
  /// The index of each proposal's object, int64 [K]; 0 if it has none.
  let matches: Tensor
  /// The class of each proposal's object, int64 [K]; 0 for background, −1 between the thresholds.
  let labels: Tensor

  func selecting(_ indices: Tensor) -> RoISample {
    RoISample(
      proposals: proposals[indices], matches: matches[indices], labels: labels[indices])
  }

  /// The proposals that are objects.
  var objects: RoISample {
    selecting((labels .> 0).nonzero().flattened())
  }
}
