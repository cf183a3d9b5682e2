public import Torch

/// The head of a RetinaNet, which predicts the class and the box of every anchor of every map (Lin
/// et al., 2017).
public struct RetinaNetHead: Module {
  /// The head that predicts classes.
  public var classificationHead: RetinaNetClassificationHead
  /// The head that predicts boxes.
  public var regressionHead: RetinaNetRegressionHead

  /// Creates a head with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of the maps.
  ///   - numAnchors: The number of anchors at each place.
  ///   - numClasses: The number of classes, the background included, which has an unused
  ///     channel.
  ///   - norm: Makes the normalisation of the towers' convolutions; nil for none.
  ///   - boxLoss: The loss of the boxes.
  public init(
    inChannels: Int, numAnchors: Int, numClasses: Int, norm: NormLayer? = nil,
    boxLoss: RetinaNetRegressionHead.BoxLoss = .l1
  ) {
    classificationHead = RetinaNetClassificationHead(
      inChannels: inChannels, numAnchors: numAnchors, numClasses: numClasses, norm: norm)
    regressionHead = RetinaNetRegressionHead(
      inChannels: inChannels, numAnchors: numAnchors, norm: norm, boxLoss: boxLoss)
  }

  /// The number of channels of the maps.
  public var inChannels: Int { regressionHead.bboxReg.weight.size(1) }
  /// The number of anchors at each place.
  public var numAnchors: Int { regressionHead.bboxReg.weight.size(0) / 4 }
}

/// The head that predicts the logits of every class for every anchor.
public struct RetinaNetClassificationHead: Module {
  /// The tower of four convolutions before the prediction.
  public let conv: Sequential
  /// The convolution that predicts the logits.
  public let clsLogits: Conv2d
  /// The number of classes, the background included.
  public let numClasses: Int

  /// Creates a head with torchvision's tower of four 3×3 convolutions.
  public init(inChannels: Int, numAnchors: Int, numClasses: Int, norm: NormLayer? = nil) {
    self.init(
      tower: tower(inChannels, norm: norm), inChannels: inChannels, numAnchors: numAnchors,
      numClasses: numClasses)
  }

  /// Creates a head on a tower.
  ///
  /// - Parameters:
  ///   - tower: The layers before the prediction, which keep the number of channels; the
  ///     weights of its convolutions are drawn anew.
  ///   - priorProbability: The initial probability of every class, which keeps the many anchors
  ///     without an object from dominating the loss.
  init(
    tower: Sequential, inChannels: Int, numAnchors: Int, numClasses: Int,
    priorProbability: Double = 0.01
  ) {
    conv = tower
    conv.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
    clsLogits = Conv2d(inChannels, numAnchors * numClasses, kernel: 3, padding: 1, isFast: true)
    clsLogits.weight.fillNormal(deviation: 0.01)
    let prior = Tensor((1 - priorProbability) / priorProbability).log().item()
    clsLogits.bias?.fill(-prior)
    self.numClasses = numClasses
  }

  /// Returns the logits of each map, [N, H·W·A, classes].
  public func callAsFunction(_ maps: [Tensor], _ mode: Mode) -> [Tensor] {
    maps.map { anchorRows(clsLogits(conv($0, mode)), columns: numClasses) }
  }

  /// Returns the focal loss of one image, divided by its number of matched anchors.
  ///
  /// - Parameters:
  ///   - logits: The logits, [A, classes].
  ///   - matches: The matches, int64 [A], as `Matcher` returns them.
  func loss(_ logits: Tensor, _ matches: Tensor, _ target: TrainingTarget) -> Tensor {
    let isObject = matches .>= 0
    let loss = focalLoss(logits, classes: classes(matches, isObject, target))
    return loss / max(1, isObject.to(.int64).sum().itemInt())
  }

  /// Returns the class of each anchor, or the matcher's negative number if it has none.
  private func classes(_ matches: Tensor, _ isObject: Tensor, _ target: TrainingTarget) -> Tensor {
    guard !target.isEmpty else { return matches }
    let objects = matches.maximum(Tensor(0).to(matches.device))
    // torchvision lets a negative label count from the last class.
    return .where(isObject, target.labels[objects] % numClasses, matches)
  }
}

/// The head that predicts the box offsets of every anchor.
public struct RetinaNetRegressionHead: Module {
  /// The loss of boxes, in RetinaNet's two generations in torchvision.
  public enum BoxLoss: String, Sendable, Codable {
    /// The absolute differences between the offsets.
    case l1
    /// The loss 1 − generalised IoU (Rezatofighi et al., 2019).
    case generalizedIoU
  }

  /// The tower of four convolutions before the prediction.
  public let conv: Sequential
  /// The convolution that predicts the offsets.
  public let bboxReg: Conv2d
  /// The loss of the boxes.
  public let boxLoss: BoxLoss
  let boxCoder = BoxCoder()

  /// Creates a head with torchvision's tower of four 3×3 convolutions.
  public init(
    inChannels: Int, numAnchors: Int, norm: NormLayer? = nil, boxLoss: BoxLoss = .l1
  ) {
    self.boxLoss = boxLoss
    conv = tower(inChannels, norm: norm)
    bboxReg = Conv2d(inChannels, numAnchors * 4, kernel: 3, padding: 1)
    // Before the tower's weights, as in torchvision.
    bboxReg.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
    conv.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
  }

  /// Returns the box offsets of each map, [N, H·W·A, 4].
  public func callAsFunction(_ maps: [Tensor], _ mode: Mode) -> [Tensor] {
    maps.map { anchorRows(bboxReg(conv($0, mode)), columns: 4) }
  }

  /// Returns the loss of one image's boxes, divided by the number of its matched anchors.
  ///
  /// - Parameters:
  ///   - codes: The predicted offsets, [A, 4].
  ///   - matches: The matches, int64 [A], as `Matcher` returns them.
  func loss(
    _ codes: Tensor, _ anchors: Tensor, _ matches: Tensor, _ target: TrainingTarget
  ) -> Tensor {
    let objects = (matches .>= 0).nonzero().flattened()
    let truths = target.boxes.to(anchors.dtype)[matches[objects]]
    let (codes, anchors) = (codes[objects].to(anchors.dtype), anchors[objects])
    let loss =
      switch boxLoss {
      case .l1: l1Loss(codes, boxCoder.encode(truths, anchors), reduction: .sum)
      case .generalizedIoU:
        generalizedIoULoss(
          boxCoder.decode(codes, anchors).squeezed(1), truths, reduction: .sum)
      }
    return loss / max(1, objects.count)
  }
}

/// Returns the four convolutions before the prediction.
private func tower(_ channels: Int, norm: NormLayer?) -> Sequential {
  Sequential((0..<4).map { _ in convolutionBlock(channels, channels, norm: norm) })
}
