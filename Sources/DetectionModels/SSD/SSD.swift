public import Torch

/// SSD (Liu et al., 2016), a one-stage detector that predicts the class and the box of every
/// default box on maps of images of one size.
public struct SSD: BackboneDetector {
  /// The backbone that provides the feature maps.
  public let backbone: any SSDBackbone
  /// The head that predicts classes and boxes.
  public var head: SSDHead
  /// The default boxes.
  public let defaultBoxes: DefaultBoxGenerator
  /// The transform that normalises, resizes and batches images.
  public let transform: GeneralizedRCNNTransform
  /// The options besides the parts.
  public let options: SSDOptions
  let boxCoder = BoxCoder(weights: [10, 10, 5, 5])
  let matcher: SSDMatcher

  /// Creates an SSD on a backbone.
  ///
  /// - Parameters:
  ///   - backbone: The backbone that provides the feature maps.
  ///   - numClasses: The number of classes, the background included.
  ///   - defaultBoxes: The default boxes, on as many maps as the backbone provides.
  ///   - options: The options besides the parts.
  ///   - head: Makes the head from the number of channels of each map, the number of default
  ///     boxes at its places, and the number of classes.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
  public init(
    backbone: any SSDBackbone, numClasses: Int, defaultBoxes: DefaultBoxGenerator,
    options: SSDOptions = SSDOptions(),
    head: (_ inChannels: [Int], _ boxesPerLocation: [Int], _ numClasses: Int) -> SSDHead = {
      SSDHead(inChannels: $0, boxesPerLocation: $1, numClasses: $2)
    }
  ) throws(ModelConfigurationError) {
    try checkClasses(numClasses)
    try options.check()
    let (channels, boxes) = (backbone.outChannels, defaultBoxes.boxesPerLocation)
    try ModelConfigurationError.require(
      channels.count == boxes.count, at: "anchors",
      "expected default boxes for \(channels.count) feature maps, found them for \(boxes.count)")
    if let size = options.transform.fixedSize {
      let maps = backbone.mapSizes(of: size)
      try ModelConfigurationError.require(
        maps.allSatisfy { $0.height > 0 && $0.width > 0 }, at: "size",
        """
        expected a size that \(channels.count) feature maps are left of, found \
        \(size.height)×\(size.width)
        """)
      try defaultBoxes.check(maps: maps, of: size)
    }
    self.backbone = backbone
    self.head = head(channels, boxes, numClasses)
    self.defaultBoxes = defaultBoxes
    self.options = options
    transform = GeneralizedRCNNTransform(options.transform)
    matcher = SSDMatcher(threshold: options.iouThreshold)
    // This matches the layout of the transform's batches.
    lay(.channelsLast)
  }

  /// Returns `bbox_regression` and `classification`, each divided by the number of default boxes
  /// with an object in all images.
  ///
  /// Of the boxes without an object, only those with the greatest loss count, a number of them for
  /// each box with an object.
  public func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    let (images, targets) = transform(images, targets)
    let maps = backbone.features(images.tensors, .training)
    let codes = head.regressionHead(maps, .training)
    let logits = head.classificationHead(maps, .training).inFullPrecision
    let boxes = boxes(images, maps)
    let truths = truths(of: targets, at: boxes)
    let count = SharedBatch.divisor(truths.places.count, atLeast: 1)
    let regression = smoothL1(
      codes.flattened(to: 1)[truths.places].to(truths.codes.dtype), truths.codes, reduction: .sum)
    let entropy = crossEntropy(
      logits.flattened(to: 1), truths.classes.flattened(), reduction: .none
    ).reshaped(truths.classes.shape)
    let isObject = truths.classes .> 0
    let isLearnt = isWorst(entropy.detached(), isObject)
    return Losses([
      ("bbox_regression", regression / count),
      ("classification", (entropy[isObject].sum() + entropy[isLearnt].sum()) / count),
    ])
  }

  /// The places of the classification network's layers in the backbone.
  public var networkParts: [NetworkPart] { backbone.networkParts }

  /// The limits set by the options.
  public var limits: DetectionLimits { DetectionLimits(options) }

  /// The rule of overlaps, with the options' threshold.
  public var matching: AnchorMatching { .overlap(threshold: options.iouThreshold) }

  /// The value nil, as default boxes have scales instead of sizes.
  public var anchorLists: AnchorGenerator? { nil }

  /// Returns the size of each map of the backbone for images of a size.
  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  /// Returns the default boxes on feature maps of the given sizes.
  public func anchorGrids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid] {
    defaultBoxes.grids(imageSize: imageSize, maps: maps)
  }

  /// Returns the detections of each image, in pixels of the image as it was given.
  public func detections(images: [Tensor]) -> [Detections] {
    withoutGradients {
      let batch = transform(images)
      let maps = backbone.features(batch.tensors, .inference)
      let codes = head.regressionHead(maps, .inference)
      let scores = head.classificationHead(maps, .inference).inFullPrecision.softmax(dim: 2)
      let boxes = boxes(batch, maps)
      let found = batch.imageSizes.enumerated().map { image, size in
        let moved = boxCoder.decode(codes[image], boxes).squeezed(1)
        return options.best(of: [
          candidates(scores[image], clipBoxes(moved, to: (size.height, size.width)))
        ])
      }
      return transform.restored(
        found, from: batch.imageSizes, to: images.map { SpatialSize(of: $0) })
    }
  }

  private func boxes(_ images: ImageList, _ maps: [Tensor]) -> Tensor {
    .concatenate(defaultBoxes(imageSize: SpatialSize(of: images.tensors), maps: maps))
  }

  /// The training targets of the default boxes of all images.
  private struct Truths {
    /// The class of each box, int64 [N, A]; 0 for no object.
    let classes: Tensor
    /// The indices of the boxes with an object, int64 [K], counted through all images.
    let places: Tensor
    /// The offsets from these boxes to their objects, [K, 4].
    let codes: Tensor
  }

  private func truths(of targets: [TrainingTarget], at boxes: Tensor) -> Truths {
    let nothing = Tensor(0).to(boxes.device)
    var (classes, places, codes): ([Tensor], [Tensor], [Tensor]) = ([], [], [])
    for (image, target) in targets.enumerated() {
      target.checkLabels(below: head.classificationHead.numColumns)
      let matches = matcher.matches(boxes, to: target)
      let objects = (matches .>= 0).nonzero().flattened()
      let truths = matches[objects]
      classes.append(
        target.isEmpty
          ? .zeros([boxes.size(0)], dtype: .int64, on: boxes.device)
          : .where(matches .>= 0, target.labels[matches.maximum(nothing)], nothing))
      places.append(objects + image * boxes.size(0))
      codes.append(boxCoder.encode(target.boxes.to(boxes.dtype)[truths], boxes[objects]))
    }
    return Truths(
      classes: .stack(classes), places: .concatenate(places), codes: .concatenate(codes))
  }

  /// Returns which boxes without an object have the greatest losses of their image, a number of
  /// them for each box with one.
  ///
  /// - Parameters:
  ///   - entropy: The cross entropies, [N, A].
  ///   - isObject: Which boxes have an object, bool [N, A].
  private func isWorst(_ entropy: Tensor, _ isObject: Tensor) -> Tensor {
    let perObject = (1 - options.positiveFraction) / options.positiveFraction
    let wanted = perObject * isObject.to(.int64).sum(dims: [1], keepDim: true)
    let least = Tensor(-Float.infinity).to(entropy.dtype).to(entropy.device)
    let order = Tensor.where(isObject, least, entropy).sorted(dim: 1, descending: true).indices
    return order.sorted(dim: 1).indices .< wanted
  }

  /// Returns the candidates of one image: the boxes with the highest scores of each class.
  ///
  /// - Parameters:
  ///   - scores: The scores, [A, classes].
  ///   - boxes: The boxes, [A, 4].
  private func candidates(_ scores: Tensor, _ boxes: Tensor) -> Detections {
    let count = min(options.topKCandidates, boxes.size(0))
    // Without the background: [classes − 1, K].
    let top = scores.transposed(0, 1)[1...].topK(count, dim: 1)
    let places = (top.values.flattened() .> options.scoreThreshold).nonzero().flattened()
    return Detections(
      boxes: boxes[top.indices.flattened()[places]],
      labels: places.floorDivided(by: Tensor(count).to(places.device)) + 1,
      scores: top.values.flattened()[places])
  }
}
