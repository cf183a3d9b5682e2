/// A Mask R-CNN (He et al., 2017): a Faster R-CNN that also predicts a mask for every detection.
public typealias MaskRCNN = GeneralizedRCNN<MaskRoIHeads>

extension GeneralizedRCNN where Heads == MaskRoIHeads {
  /// Creates a Mask R-CNN on a backbone.
  ///
  /// - Parameters:
  ///   - backbone: The backbone that provides the feature maps.
  ///   - numClasses: The number of classes, the background included.
  ///   - anchorGenerator: The anchors, with one list of sizes for each map of the backbone.
  ///   - rpnHead: The head of the region proposal network; nil for torchvision's, with one
  ///     convolution.
  ///   - boxRoIPool: The pooling of the boxes, of maps that the backbone provides.
  ///   - boxHead: The head before the box predictor; nil for two fully connected layers of
  ///     1,024 features.
  ///   - maskRoIPool: The pooling of the masks' boxes, of maps that the backbone provides.
  ///   - maskHead: The head before the mask predictor; nil for four convolutions of 256
  ///     channels.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
  public init(
    backbone: any Backbone, numClasses: Int, anchorGenerator: AnchorGenerator = .fasterRCNN,
    rpnHead: RPNHead? = nil, boxRoIPool: MultiScaleRoIAlign = .pyramid(outputSize: 7),
    boxHead: (any BoxHead)? = nil, maskRoIPool: MultiScaleRoIAlign = .pyramid(outputSize: 14),
    maskHead: MaskRCNNHeads? = nil, options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) {
    let parts = RCNNParts(backbone: backbone, numClasses: numClasses, options: options)
    try parts.check(maskRoIPool, at: "mask_roi_pool")
    // The masks' weights are drawn before the boxes', as torchvision does.
    let maskHead = maskHead ?? MaskRCNNHeads(inChannels: backbone.outChannels)
    try ModelConfigurationError.require(
      maskHead.inChannels == backbone.outChannels, at: "mask_head",
      "expected a mask head for \(backbone.outChannels) channels, found \(maskHead.inChannels)")
    let maskPredictor = MaskRCNNPredictor(
      inChannels: maskHead.outChannels, numClasses: numClasses)
    let rpn = try parts.rpn(anchorGenerator, rpnHead)
    self.init(
      transform: GeneralizedRCNNTransform(options.transform), backbone: backbone, rpn: rpn,
      roiHeads: MaskRoIHeads(
        box: try parts.boxHeads(boxRoIPool, boxHead), maskRoIPool: maskRoIPool,
        maskHead: maskHead, maskPredictor: maskPredictor))
  }
}
