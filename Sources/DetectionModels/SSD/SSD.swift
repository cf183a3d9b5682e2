public import Torch

/// SSD (Liu et al., 2016): tells class and place of every default box of six maps of an image of
/// one size, in one stage.
public struct SSD: BackboneDetector {
  public let backbone: any SSDBackbone
  public var head: SSDHead
  public let defaultBoxes: DefaultBoxGenerator
  public let transform: GeneralizedRCNNTransform
  public let options: SSDOptions
  let boxCoder = BoxCoder(weights: [10, 10, 5, 5])
  let matcher: SSDMatcher

  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - defaultBoxes: of as many maps as the backbone gives.
  ///   - head: makes the head of the channels of each map, the default boxes at its places and the
  ///     classes.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
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
    // As the transform lays the images.
    lay(.channelsLast)
  }

  /// `bbox_regression` and `classification`: by the number of default boxes with an object in all
  /// images. Of the others only the worst count for the class, so many for each with an object.
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

  public var networkParts: [NetworkPart] { backbone.networkParts }

  public var limits: DetectionLimits { DetectionLimits(options) }

  public var matching: AnchorMatching { .overlap(threshold: options.iouThreshold) }

  public var anchorLists: AnchorGenerator? { nil }

  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  public func anchorGrids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid] {
    defaultBoxes.grids(imageSize: imageSize, maps: maps)
  }

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

  /// What is to be learnt of the default boxes of all images.
  private struct Truths {
    /// int64 [N, A]; 0 where there is no object.
    let classes: Tensor
    /// int64 [K]: the boxes with an object, all images' one after another.
    let places: Tensor
    /// [K, 4]: the offsets that lead from these to their objects.
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

  /// Returns which boxes without an object are the worst of their image, so many for each with one.
  ///
  /// - Parameters:
  ///   - entropy: [N, A]
  ///   - isObject: bool [N, A]
  private func isWorst(_ entropy: Tensor, _ isObject: Tensor) -> Tensor {
    let perObject = (1 - options.positiveFraction) / options.positiveFraction
    let wanted = perObject * isObject.to(.int64).sum(dims: [1], keepDim: true)
    let least = Tensor(-Float.infinity).to(entropy.dtype).to(entropy.device)
    let order = Tensor.where(isObject, least, entropy).sorted(dim: 1, descending: true).indices
    return order.sorted(dim: 1).indices .< wanted
  }

  /// Returns what is found in one image: of each class the most certain boxes.
  ///
  /// - Parameters:
  ///   - scores: [A, classes]
  ///   - boxes: [A, 4]
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
