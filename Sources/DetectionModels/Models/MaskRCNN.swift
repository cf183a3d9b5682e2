/// Mask R-CNN (He et al., 2017): Faster R-CNN with a mask for every box.
public typealias MaskRCNN = GeneralizedRCNN<MaskRoIHeads>

extension GeneralizedRCNN where Heads == MaskRoIHeads {
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - maskRoIPool: of maps that the backbone gives.
  ///   - maskHead: nil for four convolutions of 256 channels.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
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
