public import Torch

/// FCOS (Tian et al., 2019), a detector without anchors of several shapes: it predicts at every
/// place of the feature maps the class of the object around it and the distances of its sides.
public struct FCOS: BackboneDetector {
  /// The backbone that provides the feature maps.
  public let backbone: any Backbone
  /// The head that predicts classes, boxes and centredness.
  public var head: FCOSHead
  /// The squares that stand for the places of each feature map.
  public let anchorGenerator: AnchorGenerator
  /// The transform that normalises, resizes and batches images.
  public let transform: GeneralizedRCNNTransform
  /// The options besides the parts.
  public let options: FCOSOptions
  let boxCoder = BoxLinearCoder()
  let matcher: CenterSamplingMatcher

  /// Creates an FCOS on a backbone.
  ///
  /// - Parameters:
  ///   - backbone: A backbone whose number of channels is a multiple of 32.
  ///   - numClasses: The number of classes, the background included.
  ///   - anchorGenerator: One square for each map of the backbone, as large as the map's
  ///     stride.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
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
    // This matches the layout of the transform's batches.
    lay(.channelsLast)
  }

  /// Returns `classification`, `bbox_regression` and `bbox_ctrness`, each divided by the number of
  /// places with an object in all images.
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

  /// The places of the classification network's layers in the backbone.
  public var networkParts: [NetworkPart] { backbone.networkParts }

  /// The limits set by the options.
  public var limits: DetectionLimits { DetectionLimits(options) }

  /// The rule of centre sampling, with the options' radius.
  public var matching: AnchorMatching { .centre(radius: options.centerSamplingRadius) }

  /// The anchor generator.
  public var anchorLists: AnchorGenerator? { anchorGenerator }

  /// Returns the size of each map of the backbone for images of a size.
  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  /// Returns the detections of each image; the score is the geometric mean of the class probability
  /// and the centredness.
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

  /// The training targets at the places of all images, one image after another.
  private struct Truths {
    /// The class of each place, int64 [N·A]; −1 for no object.
    let classes: Tensor
    /// The indices of the places with an object, int64 [K].
    let places: Tensor
    /// The anchors of these places, [K, 4].
    let anchors: Tensor
    /// The boxes of the objects at these places, [K, 4].
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

  /// Returns the centredness of places in boxes whose sides have distances [K, 4] from them: [K], 1
  /// in the middle and 0 on a side.
  private func middleness(_ distances: Tensor) -> Tensor {
    let near = distances.slice(dim: 1, to: 2)
    let far = distances.slice(dim: 1, from: 2)
    let ratios = near.minimum(far) / near.maximum(far)
    return (ratios.select(dim: 1, 0) * ratios.select(dim: 1, 1)).sqrt()
  }

  /// Returns the detections of one map in one image: the classes with the highest scores at its
  /// places.
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
  /// FCOS's squares on a pyramid of five maps: one of the map's stride at every place.
  public static let fcos = squares(sizes: [8, 16, 32, 64, 128])
}

/// The options of an FCOS besides its parts, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments, in one flat mapping.
public struct FCOSOptions: OneStageOptions {
  /// The options of the transform.
  public var transform = TransformOptions()
  /// The score that detections have to exceed.
  public var scoreThreshold = 0.2
  /// The IoU above which the detection with the lower score, of two of one class, is removed.
  public var nmsThreshold = 0.6
  /// The greatest number of detections of an image.
  public var detectionsPerImage = 100
  /// The number of candidates kept from each feature map before non-maximum suppression.
  public var topKCandidates = 1000
  /// The greatest distance from an object's centre to a place that is trained on it, relative to
  /// the map's stride.
  public var centerSamplingRadius = 1.5

  /// Creates torchvision's defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case centerSamplingRadius = "center_sampling_radius"
  }

  /// Decodes the options from one flat mapping of torchvision's argument names.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    transform = try TransformOptions(from: decoder)
    try decodeSelection(from: decoder)
    centerSamplingRadius = try values.decode(Double.self, forKey: .centerSamplingRadius)
  }

  /// Encodes the options as one flat mapping of torchvision's argument names.
  public func encode(to encoder: any Encoder) throws {
    try transform.encode(to: encoder)
    try encodeSelection(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(centerSamplingRadius, forKey: .centerSamplingRadius)
  }
}
