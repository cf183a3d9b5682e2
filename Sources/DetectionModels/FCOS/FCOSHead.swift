public import Torch

/// The head of an FCOS, which predicts the class, the box and the centredness at every place of
/// every map (Tian et al., 2019).
public struct FCOSHead: Module {
  /// The classification head, which is RetinaNet's with group normalisation in its tower.
  public var classificationHead: RetinaNetClassificationHead
  /// The head that predicts boxes and centredness.
  public var regressionHead: FCOSRegressionHead

  /// The number of groups of the towers' group normalisation.
  static let groups = 32

  /// Creates a head with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of the maps, a multiple of 32.
  ///   - numClasses: The number of classes, the background included, which has an unused
  ///     channel.
  public init(inChannels: Int, numClasses: Int) {
    classificationHead = RetinaNetClassificationHead(
      tower: Self.tower(inChannels), inChannels: inChannels, numAnchors: 1, numClasses: numClasses)
    regressionHead = FCOSRegressionHead(inChannels: inChannels)
  }

  /// The number of channels of the maps.
  public var inChannels: Int { regressionHead.bboxReg.weight.size(1) }

  /// Returns the four convolutions before the predictions, each with its normalisation and a ReLU.
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

/// The head that predicts the distances of a box's four sides from every place, and the centredness
/// of the place in the box.
public struct FCOSRegressionHead: Module {
  /// The tower of four convolutions that both predictions share.
  public let conv: Sequential
  /// The convolution that predicts the distances of the four sides.
  public let bboxReg: Conv2d
  /// The convolution that predicts the centredness.
  public let bboxCtrness: Conv2d

  /// Creates a head for maps of a number of channels, a multiple of 32.
  public init(inChannels: Int) {
    conv = FCOSHead.tower(inChannels)
    bboxReg = Conv2d(inChannels, 4, kernel: 3, padding: 1)
    bboxCtrness = Conv2d(inChannels, 1, kernel: 3, padding: 1)
    // Before the tower's weights, as in torchvision.
    for part in [bboxReg, bboxCtrness] {
      part.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
    }
    conv.initializeConvolutions { $0.fillNormal(deviation: 0.01) }
  }

  /// Returns for each map the distances of the sides [N, H·W, 4], none below 0, and the logits of
  /// the centredness [N, H·W, 1].
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
