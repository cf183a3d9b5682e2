public import Torch

/// Feature maps by name, from the finest on: each [N, C, H, W].
public typealias FeatureMaps = [(name: String, map: Tensor)]

/// Gives all maps of a backbone what the coarser ones know, and the same number of channels (Lin et
/// al., 2017).
public struct FeaturePyramidNetwork: Module {
  public let innerBlocks: [Sequential]
  public let layerBlocks: [Sequential]
  public let extraBlocks: (any ExtraFPNBlock)?

  /// - Parameters:
  ///   - inChannels: of each map, from the finest on.
  ///   - outChannels: of all maps that come out.
  public init(
    inChannels: [Int], outChannels: Int, extraBlocks: (any ExtraFPNBlock)? = nil,
    norm: NormLayer? = nil
  ) {
    var innerBlocks: [Sequential] = []
    var layerBlocks: [Sequential] = []
    for channels in inChannels {
      innerBlocks.append(
        convolutionBlock(channels, outChannels, kernel: 1, norm: norm, activated: false))
      layerBlocks.append(convolutionBlock(outChannels, outChannels, norm: norm, activated: false))
    }
    // Not those of the extra blocks, which have drawn theirs.
    for block in innerBlocks + layerBlocks {
      block.initializeConvolutions { $0.fillKaimingUniform(slope: 1) }
    }
    self.innerBlocks = innerBlocks
    self.layerBlocks = layerBlocks
    self.extraBlocks = extraBlocks
  }

  /// Maps of the same names and sizes, and the extra ones after them.
  public func callAsFunction(_ maps: FeatureMaps, _ mode: Mode) -> FeatureMaps {
    precondition(
      maps.count == innerBlocks.count,
      "expected \(innerBlocks.count) feature maps, found \(maps.count)")
    var inner: Tensor?
    var results: FeatureMaps = []
    for (index, entry) in maps.enumerated().reversed() {
      var sum = innerBlocks[index](entry.map, mode)
      if let coarser = inner {
        sum = sum + interpolate(coarser, height: sum.size(2), width: sum.size(3), .nearest)
      }
      inner = sum
      results.insert((entry.name, layerBlocks[index](sum, mode)), at: 0)
    }
    guard let extraBlocks, let last = results.last, let input = maps.last else { return results }
    let extra = extraBlocks.maps(last: last.map, input: input.map)
    return results + zip(extraBlocks.names, extra).map { ($0, $1) }
  }
}

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
