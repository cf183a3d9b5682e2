public import Torch

/// A list of named feature maps, [N, C, H, W] each, finest first.
public typealias FeatureMaps = [(name: String, map: Tensor)]

/// A feature pyramid, which adds the information of coarser maps to each map of a backbone and
/// gives all maps the same number of channels (Lin et al., 2017).
public struct FeaturePyramidNetwork: Module {
  /// The 1×1 convolution of each input map.
  public let innerBlocks: [Sequential]
  /// The 3×3 convolution of each output map.
  public let layerBlocks: [Sequential]
  /// The block that adds coarser maps; nil for none.
  public let extraBlocks: (any ExtraFPNBlock)?

  /// Creates a pyramid with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of each input map, finest first.
  ///   - outChannels: The number of channels of all output maps.
  ///   - extraBlocks: The block that adds coarser maps; nil for none.
  ///   - norm: Makes the normalisation of the convolutions; nil for none.
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
    // The extra block's convolutions are left out, as its weights are drawn already.
    for block in innerBlocks + layerBlocks {
      block.initializeConvolutions { $0.fillKaimingUniform(slope: 1) }
    }
    self.innerBlocks = innerBlocks
    self.layerBlocks = layerBlocks
    self.extraBlocks = extraBlocks
  }

  /// Returns maps of the same names and sizes, followed by the extra maps.
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

/// A block that adds coarser maps to those of a feature pyramid.
public protocol ExtraFPNBlock: Module {
  /// The names of the added maps.
  var names: [String] { get }
  /// Returns the added maps, finest first.
  ///
  /// - Parameters:
  ///   - last: The coarsest map of the pyramid, [N, K, H, W].
  ///   - input: The coarsest map that the pyramid was made of, [N, C, H, W].
  func maps(last: Tensor, input: Tensor) -> [Tensor]
}

/// A block that adds every second pixel of the coarsest map (Lin et al., 2017), as the map "pool".
public struct LastLevelMaxPool: ExtraFPNBlock {
  /// Creates the block, which has no weights.
  public init() {}

  /// The name of the added map, "pool".
  public var names: [String] { ["pool"] }

  /// Returns every second pixel of the pyramid's coarsest map.
  public func maps(last: Tensor, input: Tensor) -> [Tensor] {
    [maxPool(last, kernel: [1, 1], stride: [2, 2], padding: [0, 0])]
  }
}

/// A block that adds the maps P6 and P7 of RetinaNet by two convolutions, each of which halves
/// height and width (Lin et al., 2017).
public struct LastLevelP6P7: ExtraFPNBlock {
  /// The convolution that makes P6.
  public let p6: Conv2d
  /// The convolution that makes P7 from P6 after a ReLU.
  public let p7: Conv2d
  /// A Boolean value that is true if P6 is made from the pyramid's last map, P5, instead of the
  /// backbone's.
  let usesP5: Bool

  /// Creates a block with weights drawn as torchvision draws them.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels that P6 is made from: `outChannels` for the
  ///     pyramid's last map, another number for the backbone's.
  ///   - outChannels: The number of channels of P6 and P7.
  public init(inChannels: Int, outChannels: Int) {
    p6 = Conv2d(inChannels, outChannels, kernel: 3, stride: 2, padding: 1)
    p7 = Conv2d(outChannels, outChannels, kernel: 3, stride: 2, padding: 1)
    usesP5 = inChannels == outChannels
    initializeConvolutions { $0.fillKaimingUniform(slope: 1) }
  }

  /// The names of the added maps, "p6" and "p7".
  public var names: [String] { ["p6", "p7"] }

  /// Returns P6 and P7.
  public func maps(last: Tensor, input: Tensor) -> [Tensor] {
    let p6 = p6(usesP5 ? last : input)
    return [p6, p7(p6.relu())]
  }
}
