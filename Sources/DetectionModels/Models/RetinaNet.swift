public import Torch

/// RetinaNet (Lin et al., 2017), a one-stage detector that predicts the class and the box of every
/// anchor.
public struct RetinaNet: BackboneDetector {
  /// The backbone that provides the feature maps.
  public let backbone: any Backbone
  /// The head that predicts classes and boxes.
  public var head: RetinaNetHead
  /// The anchor generator.
  public let anchorGenerator: AnchorGenerator
  /// The transform that normalises, resizes and batches images.
  public let transform: GeneralizedRCNNTransform
  /// The options besides the parts.
  public let options: RetinaNetOptions
  let boxCoder = BoxCoder()
  let matcher: Matcher

  /// Creates a RetinaNet on a backbone.
  ///
  /// - Parameters:
  ///   - backbone: The backbone that provides the feature maps.
  ///   - numClasses: The number of classes, the background included.
  ///   - anchorGenerator: The anchors, with one list of sizes for each map of the backbone.
  ///   - head: The head; nil for torchvision's.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
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
    // This matches the layout of the transform's batches.
    lay(.channelsLast)
  }

  /// The places of the classification network's layers in the backbone.
  public var networkParts: [NetworkPart] { backbone.networkParts }

  /// The limits set by the options.
  public var limits: DetectionLimits { DetectionLimits(options) }

  /// The rule of overlaps, with the options' threshold of objects.
  public var matching: AnchorMatching { .overlap(threshold: options.foregroundIoUThreshold) }

  /// The anchor generator.
  public var anchorLists: AnchorGenerator? { anchorGenerator }

  /// Returns the size of each map of the backbone for images of a size.
  public func mapSizes(of imageSize: SpatialSize) -> [SpatialSize] {
    backbone.mapSizes(of: imageSize)
  }

  /// Returns `classification` and `bbox_regression`, each a mean over the images.
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

  /// Returns the detections of each image, in pixels of the image as it was given.
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

  /// Returns the detections of one map in one image: the classes with the highest scores at its
  /// anchors.
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

/// The options of a RetinaNet besides its parts, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments, in one flat mapping.
public struct RetinaNetOptions: OneStageOptions {
  /// The options of the transform.
  public var transform = TransformOptions()
  /// The score that detections have to exceed.
  public var scoreThreshold = 0.05
  /// The IoU above which the detection with the lower score, of two of one class, is removed.
  public var nmsThreshold = 0.5
  /// The greatest number of detections of an image.
  public var detectionsPerImage = 300
  /// The IoU from which on an anchor is an object.
  public var foregroundIoUThreshold = 0.5
  /// The IoU below which an anchor is background.
  public var backgroundIoUThreshold = 0.4
  /// The number of candidates kept from each feature map before non-maximum suppression.
  public var topKCandidates = 1000

  /// Creates torchvision's defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case foregroundIoUThreshold = "fg_iou_thresh"
    case backgroundIoUThreshold = "bg_iou_thresh"
  }

  /// Decodes the options from one flat mapping of torchvision's argument names.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    transform = try TransformOptions(from: decoder)
    try decodeSelection(from: decoder)
    foregroundIoUThreshold = try values.decode(Double.self, forKey: .foregroundIoUThreshold)
    backgroundIoUThreshold = try values.decode(Double.self, forKey: .backgroundIoUThreshold)
  }

  /// Encodes the options as one flat mapping of torchvision's argument names.
  public func encode(to encoder: any Encoder) throws {
    try transform.encode(to: encoder)
    try encodeSelection(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(foregroundIoUThreshold, forKey: .foregroundIoUThreshold)
    try values.encode(backgroundIoUThreshold, forKey: .backgroundIoUThreshold)
  }
}
