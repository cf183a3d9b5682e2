public import Torch

/// RetinaNet (Lin et al., 2017): tells class and place of every anchor in one stage.
public struct RetinaNet: BackboneDetector {
  public let backbone: any Backbone
  public var head: RetinaNetHead
  public let anchorGenerator: AnchorGenerator
  public let transform: GeneralizedRCNNTransform
  public let options: RetinaNetOptions
  let boxCoder = BoxCoder()
  let matcher: Matcher

  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - anchorGenerator: with one list of sizes for each map of the backbone.
  ///   - head: nil for torchvision's.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  public init(
    backbone: any Backbone, numClasses: Int, anchorGenerator: AnchorGenerator = .retinaNet,
    head: RetinaNetHead? = nil, options: RetinaNetOptions = RetinaNetOptions()
  ) throws(ModelConfigurationError) {
    try checkClasses(numClasses)
    try options.check()
    let anchors = try anchorGenerator.anchors(onEachMapOf: backbone)
    let head =
      head
      ?? RetinaNetHead(
        inChannels: backbone.outChannels, numAnchors: anchors, numClasses: numClasses)
    try ModelConfigurationError.require(
      head.inChannels == backbone.outChannels && head.numAnchors == anchors,
      """
      expected a head for \(backbone.outChannels) channels and \(anchors) anchors at each place, \
      found \(head.inChannels) and \(head.numAnchors)
      """)
    let classes = head.classificationHead.numClasses
    try ModelConfigurationError.require(
      classes == numClasses, "expected a head for \(numClasses) classes, found \(classes)")
    self.backbone = backbone
    self.head = head
    self.anchorGenerator = anchorGenerator
    self.options = options
    transform = GeneralizedRCNNTransform(options.transform)
    matcher = Matcher(
      highThreshold: options.foregroundIoUThreshold, lowThreshold: options.backgroundIoUThreshold,
      allowLowQualityMatches: true)
    // As the transform lays the images.
    lay(.channelsLast)
  }

  public var networkParts: [NetworkPart] { backbone.networkParts }

  public var limits: DetectionLimits { DetectionLimits(options) }

  public var matching: AnchorMatching { .overlap(threshold: options.foregroundIoUThreshold) }

  public var anchorLists: AnchorGenerator? { anchorGenerator }

  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  /// `classification` and `bbox_regression`: means over the images.
  public func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    let (images, targets) = transform(images, targets)
    let maps = backbone.features(images.tensors, .training).map(\.map)
    let logits = Tensor.concatenate(head.classificationHead(maps, .training), dim: 1)
    let codes = Tensor.concatenate(head.regressionHead(maps, .training), dim: 1)
    let anchors = Tensor.concatenate(anchors(images, maps))
    var (classification, regression): ([Tensor], [Tensor]) = ([], [])
    for (index, target) in targets.enumerated() {
      let matches = matched(anchors, to: target)
      classification.append(
        head.classificationHead.loss(logits[index].inFullPrecision, matches, target))
      regression.append(head.regressionHead.loss(codes[index], anchors, matches, target))
    }
    return Losses([
      ("classification", Tensor.stack(classification).mean()),
      ("bbox_regression", Tensor.stack(regression).mean()),
    ])
  }

  public func detections(images: [Tensor]) -> [Detections] {
    withoutGradients {
      let batch = transform(images)
      let maps = backbone.features(batch.tensors, .inference).map(\.map)
      let logits = head.classificationHead(maps, .inference)
      let codes = head.regressionHead(maps, .inference)
      let anchors = anchors(batch, maps)
      let found = batch.imageSizes.enumerated().map { image, size in
        let levels = anchors.indices.map { level in
          candidates(logits[level][image], codes[level][image], anchors[level], size)
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

  private func matched(_ anchors: Tensor, to target: TrainingTarget) -> Tensor {
    target.checkLabels(below: head.classificationHead.numClasses)
    return matcher.matches(anchors, to: target)
  }

  /// Returns what one map finds in one image: the most certain classes of its anchors.
  private func candidates(
    _ logits: Tensor, _ codes: Tensor, _ anchors: Tensor, _ size: SpatialSize
  ) -> Detections {
    let top = options.candidates(logits.inFullPrecision.sigmoid())
    let boxes = boxCoder.decode(codes[top.rows], anchors[top.rows]).squeezed(1)
    return Detections(
      boxes: clipBoxes(boxes, to: (size.height, size.width)), labels: top.classes,
      scores: top.scores)
  }
}

/// What may be chosen of a RetinaNet but its parts; torchvision's defaults. Coded by the names of
/// torchvision's arguments, all in one place.
public struct RetinaNetOptions: OneStageOptions {
  public var transform = TransformOptions()
  /// Detections have a greater score.
  public var scoreThreshold = 0.05
  /// The overlap above which the less certain of two detections of one class goes.
  public var nmsThreshold = 0.5
  public var detectionsPerImage = 300
  /// The overlap from which on an anchor is an object.
  public var foregroundIoUThreshold = 0.5
  /// The overlap below which an anchor is background.
  public var backgroundIoUThreshold = 0.4
  /// Detections of each feature map that are looked at, the most certain ones.
  public var topKCandidates = 1000

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case foregroundIoUThreshold = "fg_iou_thresh"
    case backgroundIoUThreshold = "bg_iou_thresh"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    transform = try TransformOptions(from: decoder)
    try decodeSelection(from: decoder)
    foregroundIoUThreshold = try values.decode(Double.self, forKey: .foregroundIoUThreshold)
    backgroundIoUThreshold = try values.decode(Double.self, forKey: .backgroundIoUThreshold)
  }

  public func encode(to encoder: any Encoder) throws {
    try transform.encode(to: encoder)
    try encodeSelection(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(foregroundIoUThreshold, forKey: .foregroundIoUThreshold)
    try values.encode(backgroundIoUThreshold, forKey: .backgroundIoUThreshold)
  }
}
