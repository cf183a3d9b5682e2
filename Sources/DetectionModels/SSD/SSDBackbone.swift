public import Torch

/// A backbone of an SSD, whose maps each have their own number of channels.
public protocol SSDBackbone: Module {
  /// The number of channels of each map, finest first.
  var outChannels: [Int] { get }
  /// The places of the classification network's layers in the backbone.
  var networkParts: [NetworkPart] { get }
  /// Returns the size of each map of images of a size, with zeros if the image is too small.
  func mapSizes(of picture: SpatialSize) -> [SpatialSize]
  /// Returns the feature maps of images [N, 3, H, W], finest first.
  func features(_ input: Tensor, _ mode: Mode) -> [Tensor]
}

extension SSDBackbone {
  /// Returns the outputs of consecutive stages, [N, C, H, W] each.
  func outputs(of stages: [some Layer], _ input: Tensor, _ mode: Mode) -> [Tensor] {
    var output = input
    return stages.map { stage in
      output = stage(output, mode)
      return output
    }
  }
}

extension SpatialSize {
  /// Returns the number of positions of a sliding window along each side, 0 if it does not fit.
  ///
  /// - Parameter ceil: Whether a window may extend past the end.
  func windowed(
    kernel: Int, stride: Int = 1, padding: Int = 0, ceil: Bool = false
  ) -> SpatialSize {
    func side(_ length: Int) -> Int {
      let room = length + 2 * padding - kernel
      return room < 0 || length == 0 ? 0 : (room + (ceil ? stride - 1 : 0)) / stride + 1
    }
    return SpatialSize(height: side(height), width: side(width))
  }
}
