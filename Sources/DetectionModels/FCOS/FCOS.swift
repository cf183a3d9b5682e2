public import Torch

/// FCOS (Tian et al., 2019): tells at every place of the feature maps, without anchors of several
/// shapes, the class of the object around it and how far away its sides are.
public struct FCOS: BackboneDetector {
  public let backbone: any Backbone
  public var head: FCOSHead
  public let anchorGenerator: AnchorGenerator
  public let transform: GeneralizedRCNNTransform
  public let options: FCOSOptions
  let boxCoder = BoxLinearCoder()
  let matcher: CenterSamplingMatcher

  /// - Parameters:
  ///   - backbone: of channels that are a multiple of 32.
  ///   - numClasses: the background included.
  ///   - anchorGenerator: with one square for each map of the backbone, as large as the map's step.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  public init(
    backbone: any Backbone, numClasses: Int, anchorGenerator: AnchorGenerator = .fcos,
    options: FCOSOptions = FCOSOptions()
  ) throws(ModelConfigurationError) {
    try checkClasses(numClasses)
    try options.check()
    let anchors = try anchorGenerator.anchors(onEachMapOf: backbone)
    try ModelConfigurationError.require(
      anchors == 1, at: "anchors", "expected one anchor at each place, found \(anchors)")
    let channels = backbone.outChannels
    guard channels % FCOSHead.groups == 0 else {
      throw ModelConfigurationError(
        "expected a multiple of \(FCOSHead.groups) channels, found \(channels)",
        at: "backbone", "out_channels")
    }
    self.backbone = backbone
    head = FCOSHead(inChannels: channels, numClasses: numClasses)
    self.anchorGenerator = anchorGenerator
    self.options = options
    transform = GeneralizedRCNNTransform(options.transform)
    matcher = CenterSamplingMatcher(radius: options.centerSamplingRadius)
    // As the transform lays the pictures.
    lay(.channelsLast)
  }

  /// `classification`, `bbox_regression` and `bbox_ctrness`: by the number of places with an object
  /// in all pictures.
  public func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    let (images, targets) = transform(images, targets)
    let maps = backbone.features(images.tensors, .training).map(\.map)
    let logits = Tensor.concatenate(head.classificationHead(maps, .training), dim: 1)
    let regression = head.regressionHead(maps, .training)
    let codes = Tensor.concatenate(regression.map(\.codes), dim: 1)
    let centredness = Tensor.concatenate(regression.map(\.centredness), dim: 1)
    let levels = anchors(images, maps)
    let truths = truths(of: targets, at: levels)
    let count = SharedBatch.divisor(truths.places.count, atLeast: 1)
    let codesOfObjects = codes.flattened(to: 1)[truths.places].to(truths.boxes.dtype)
    let boxes = boxCoder.decode(codesOfObjects, truths.anchors)
    let inMiddle = middleness(boxCoder.encode(truths.anchors, truths.boxes))
    let middleLogits = centredness.flattened()[truths.places].to(inMiddle.dtype)
    return Losses([
      (
        "classification",
        focalLoss(logits.inFullPrecision.flattened(to: 1), classes: truths.classes) / count
      ),
      ("bbox_regression", generalizedIoULoss(boxes, truths.boxes, reduction: .sum) / count),
      (
        "bbox_ctrness",
        binaryCrossEntropy(logits: middleLogits, inMiddle, reduction: .sum) / count
      ),
    ])
  }

  public var networkParts: [NetworkPart] { backbone.networkParts }

  public var limits: DetectionLimits { DetectionLimits(options) }

  public var matching: AnchorMatching { .centre(radius: options.centerSamplingRadius) }

  public var anchorLists: AnchorGenerator? { anchorGenerator }

  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  public func detections(images: [Tensor]) -> [Detections] {
    withoutGradients {
      let batch = transform(images)
      let maps = backbone.features(batch.tensors, .inference).map(\.map)
      let logits = head.classificationHead(maps, .inference)
      let regression = head.regressionHead(maps, .inference)
      let anchors = anchors(batch, maps)
      let found = batch.imageSizes.enumerated().map { image, size in
        let levels = anchors.indices.map { level in
          candidates(
            logits[level][image], regression[level].codes[image],
            regression[level].centredness[image], anchors[level], size)
        }
        return options.best(of: levels)
      }
      return transform.restored(
        found, from: batch.imageSizes, to: images.map { SpatialSize(of: $0) })
    }
  }

  private func anchors(_ images: ImageList, _ maps: [Tensor]) -> [Tensor] {
    anchorGenerator(imageSize: SpatialSize(of: images.tensors), maps: maps)
  }

  /// What is to be learnt at the places of all pictures, one picture after another.
  private struct Truths {
    /// int64 [N·A]; −1 where there is no object.
    let classes: Tensor
    /// int64 [K]: the places with an object.
    let places: Tensor
    /// [K, 4] each: the anchors of these places and the boxes of their objects.
    let anchors: Tensor
    let boxes: Tensor
  }

  private func truths(of targets: [TrainingTarget], at levels: [Tensor]) -> Truths {
    let anchors = Tensor.concatenate(levels)
    let places = CenterSamplingMatcher.Places(levels)
    var (classes, boxes): ([Tensor], [Tensor]) = ([], [])
    for target in targets {
      target.checkLabels(below: head.classificationHead.numClasses)
      let matches = matcher.matches(places, to: target)
      if target.isEmpty {
        classes.append(matches)
        boxes.append(.zeros([places.count, 4], dtype: anchors.dtype, on: anchors.device))
      } else {
        let objects = matches.maximum(Tensor(0).to(matches.device))
        // A negative label is background.
        let labels = target.labels[objects].maximum(Tensor(-1).to(matches.device))
        classes.append(.where(matches .>= 0, labels, matches))
        boxes.append(target.boxes.to(anchors.dtype)[objects])
      }
    }
    let all = Tensor.concatenate(classes)
    let found = (all .>= 0).nonzero().flattened()
    return Truths(
      classes: all, places: found, anchors: anchors[found % places.count],
      boxes: Tensor.concatenate(boxes)[found])
  }

  /// Returns how far places are in the middle of boxes, whose sides have distances [K, 4] from them:
  /// [K], 1 in the middle and 0 on a side.
  private func middleness(_ distances: Tensor) -> Tensor {
    let near = distances.slice(dim: 1, to: 2)
    let far = distances.slice(dim: 1, from: 2)
    let ratios = near.minimum(far) / near.maximum(far)
    return (ratios.select(dim: 1, 0) * ratios.select(dim: 1, 1)).sqrt()
  }

  /// Returns what one map finds in one picture: the most certain classes of its places.
  private func candidates(
    _ logits: Tensor, _ codes: Tensor, _ centredness: Tensor, _ anchors: Tensor,
    _ size: SpatialSize
  ) -> Detections {
    let scores = logits.inFullPrecision.sigmoid() * centredness.inFullPrecision.sigmoid()
    let top = options.candidates(scores.sqrt())
    let boxes = boxCoder.decode(codes[top.rows], anchors[top.rows])
    return Detections(
      boxes: clipBoxes(boxes, to: (size.height, size.width)), labels: top.classes,
      scores: top.scores)
  }
}

extension AnchorGenerator {
  /// FCOS's on a pyramid of five maps: a square of the map's step at every place.
  public static let fcos = squares(sizes: [8, 16, 32, 64, 128])
}

/// What may be chosen of an FCOS but its parts; torchvision's defaults. Coded by the names of
/// torchvision's arguments, all in one place.
public struct FCOSOptions: OneStageOptions {
  public var transform = TransformOptions()
  public var scoreThreshold = 0.2
  public var nmsThreshold = 0.6
  public var detectionsPerImage = 100
  public var topKCandidates = 1000
  /// How near the centre of an object a place has to be that learns it, by the map's step.
  public var centerSamplingRadius = 1.5

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case centerSamplingRadius = "center_sampling_radius"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    transform = try TransformOptions(from: decoder)
    try decodeSelection(from: decoder)
    centerSamplingRadius = try values.decode(Double.self, forKey: .centerSamplingRadius)
  }

  public func encode(to encoder: any Encoder) throws {
    try transform.encode(to: encoder)
    try encodeSelection(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(centerSamplingRadius, forKey: .centerSamplingRadius)
  }
}
