public import Torch

/// Tells the class, the box and the centredness of every place of every map (Tian et al., 2019).
public struct FCOSHead: Module {
  /// RetinaNet's with normalised groups of channels in its tower.
  public var classificationHead: RetinaNetClassificationHead
  public var regressionHead: FCOSRegressionHead

  /// How many channels are normalised together.
  static let groups = 32

  /// - Parameters:
  ///   - inChannels: a multiple of 32.
  ///   - numClasses: the background included, which has a channel that nothing uses.
  public init(inChannels: Int, numClasses: Int) {
    classificationHead = RetinaNetClassificationHead(
      tower: Self.tower(inChannels), inChannels: inChannels, numAnchors: 1, numClasses: numClasses)
    regressionHead = FCOSRegressionHead(inChannels: inChannels)
  }

  public var inChannels: Int { regressionHead.bboxReg.weight.size(1) }

  /// Four convolutions before the predictions, one after another with their norms.
  fileprivate static func tower(_ channels: Int) -> Sequential {
    Sequential(
      (0..<4).flatMap { _ -> [any Layer] in
        [
          Conv2d(channels, channels, kernel: 3, padding: 1, isFast: true),
          GroupNorm(groups: groups, channels), ReLU(inPlace: true),
        ]
      })
  }
}

/// How far from every place the four sides of a box are, and how far the place is in its middle.
public struct FCOSRegressionHead: Module {
  public let conv: Sequential
  public let bboxReg: Conv2d
  public let bboxCtrness: Conv2d

  public init(inChannels: Int) {
    conv = FCOSHead.tower(inChannels)
    bboxReg = Conv2d(inChannels, 4, kernel: 3, padding: 1)
    bboxCtrness = Conv2d(inChannels, 1, kernel: 3, padding: 1)
    // These before the tower's, as torchvision does.
    for part in [bboxReg, bboxCtrness] {
      part.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
    }
    conv.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
  }

  /// Returns for each map the sides' distances [N, H·W, 4], none below 0, and the logits of being in
  /// the middle [N, H·W, 1].
  public func callAsFunction(
    _ maps: [Tensor], _ mode: Mode
  ) -> [(codes: Tensor, centredness: Tensor)] {
    maps.map { map in
      let features = conv(map, mode)
      return (
        anchorRows(relu(bboxReg(features), inPlace: true), columns: 4),
        anchorRows(bboxCtrness(features), columns: 1)
      )
    }
  }
}
