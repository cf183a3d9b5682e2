public import Torch

/// Adds coarser maps to those of a feature pyramid.
public protocol ExtraFPNBlock: Module {
  /// Names of the maps that are added.
  var names: [String] { get }
  /// The maps that are added, from the finest on.
  ///
  /// - Parameters:
  ///   - last: the coarsest map of the pyramid [N, K, H, W].
  ///   - input: the coarsest map that the pyramid was made of [N, C, H, W].
  func maps(last: Tensor, input: Tensor) -> [Tensor]
}

/// Every second pixel of the coarsest map (Lin et al., 2017).
public struct LastLevelMaxPool: ExtraFPNBlock {
  public init() {}

  public var names: [String] { ["pool"] }

  public func maps(last: Tensor, input: Tensor) -> [Tensor] {
    [maxPool(last, kernel: [1, 1], stride: [2, 2], padding: [0, 0])]
  }
}

/// Two convolutions, each of half the height and width: RetinaNet's P6 and P7 (Lin et al., 2017).
public struct LastLevelP6P7: ExtraFPNBlock {
  public let p6: Conv2d
  public let p7: Conv2d
  /// Whether P6 is made of the pyramid's last map, P5, and not of the one that this was made of.
  let usesP5: Bool

  /// - Parameter inChannels: the pyramid's own channels to make P6 of its last map; others to make
  ///   it of the backbone's.
  public init(inChannels: Int, outChannels: Int) {
    p6 = Conv2d(inChannels, outChannels, kernel: 3, stride: 2, padding: 1)
    p7 = Conv2d(outChannels, outChannels, kernel: 3, stride: 2, padding: 1)
    usesP5 = inChannels == outChannels
    initializeConvolutions { $0.fillKaimingUniform(slope: 1) }
  }

  public var names: [String] { ["p6", "p7"] }

  public func maps(last: Tensor, input: Tensor) -> [Tensor] {
    let p6 = p6(usesP5 ? last : input)
    return [p6, p7(p6.relu())]
  }
}
