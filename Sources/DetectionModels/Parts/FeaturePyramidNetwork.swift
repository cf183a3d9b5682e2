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
