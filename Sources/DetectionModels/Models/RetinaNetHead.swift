public import Torch

/// Tells class and place of every anchor of every map (Lin et al., 2017).
public struct RetinaNetHead: Module {
  public var classificationHead: RetinaNetClassificationHead
  public var regressionHead: RetinaNetRegressionHead

  /// - Parameter numClasses: the background included, which has a channel that nothing uses.
  public init(
    inChannels: Int, numAnchors: Int, numClasses: Int, norm: NormLayer? = nil,
    boxLoss: RetinaNetRegressionHead.BoxLoss = .l1
  ) {
    classificationHead = RetinaNetClassificationHead(
      inChannels: inChannels, numAnchors: numAnchors, numClasses: numClasses, norm: norm)
    regressionHead = RetinaNetRegressionHead(
      inChannels: inChannels, numAnchors: numAnchors, norm: norm, boxLoss: boxLoss)
  }

  public var inChannels: Int { regressionHead.bboxReg.weight.size(1) }
  public var numAnchors: Int { regressionHead.bboxReg.weight.size(0) / 4 }
}

/// Logits of every class for every anchor.
public struct RetinaNetClassificationHead: Module {
  public let conv: Sequential
  public let clsLogits: Conv2d
  /// The background included.
  public let numClasses: Int

  public init(inChannels: Int, numAnchors: Int, numClasses: Int, norm: NormLayer? = nil) {
    self.init(
      tower: tower(inChannels, norm: norm), inChannels: inChannels, numAnchors: numAnchors,
      numClasses: numClasses)
  }

  /// - Parameters:
  ///   - tower: what stands before the prediction and keeps the channels; its convolutions are drawn
  ///     anew.
  ///   - priorProbability: what every class has at first, so that the many anchors without an object
  ///     do not drown the others.
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

  /// Focal loss of one image, by its number of objects.
  ///
  /// - Parameters:
  ///   - logits: [A, classes]
  ///   - matches: int64 [A] as `Matcher` gives them.
  func loss(_ logits: Tensor, _ matches: Tensor, _ target: TrainingTarget) -> Tensor {
    let isObject = matches .>= 0
    let loss = focalLoss(logits, classes: classes(matches, isObject, target))
    return loss / max(1, isObject.to(.int64).sum().itemInt())
  }

  /// The class of each anchor; the matcher's own numbers where there is none.
  private func classes(_ matches: Tensor, _ isObject: Tensor, _ target: TrainingTarget) -> Tensor {
    guard !target.isEmpty else { return matches }
    let objects = matches.maximum(Tensor(0).to(matches.device))
    // torchvision lets a negative label count from the last class.
    return .where(isObject, target.labels[objects] % numClasses, matches)
  }
}

/// Box offsets of every anchor.
public struct RetinaNetRegressionHead: Module {
  /// What is made less of a box that is not right.
  public enum BoxLoss: String, Sendable, Codable {
    /// The absolute differences of the offsets.
    case l1
    /// 1 − generalised IoU (Rezatofighi et al., 2019).
    case generalizedIoU
  }

  public let conv: Sequential
  public let bboxReg: Conv2d
  public let boxLoss: BoxLoss
  let boxCoder = BoxCoder()

  public init(
    inChannels: Int, numAnchors: Int, norm: NormLayer? = nil, boxLoss: BoxLoss = .l1
  ) {
    self.boxLoss = boxLoss
    conv = tower(inChannels, norm: norm)
    bboxReg = Conv2d(inChannels, numAnchors * 4, kernel: 3, padding: 1)
    // These before the tower's, as torchvision does.
    bboxReg.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
    conv.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
  }

  /// Returns the box offsets of each map, [N, H·W·A, 4].
  public func callAsFunction(_ maps: [Tensor], _ mode: Mode) -> [Tensor] {
    maps.map { anchorRows(bboxReg(conv($0, mode)), columns: 4) }
  }

  /// The loss of one image's boxes, by their number.
  ///
  /// - Parameters:
  ///   - codes: [A, 4]
  ///   - matches: int64 [A] as `Matcher` gives them.
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

/// Four convolutions before the prediction.
private func tower(_ channels: Int, norm: NormLayer?) -> Sequential {
  Sequential((0..<4).map { _ in convolutionBlock(channels, channels, norm: norm) })
}
