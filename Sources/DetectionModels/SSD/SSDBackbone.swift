public import Torch

/// What gives an SSD its feature maps, each with channels of its own.
public protocol SSDBackbone: Module {
  /// Channels of each map, from the finest on.
  var outChannels: [Int] { get }
  /// Where the layers of the classification network stand that the backbone is made of.
  var networkParts: [NetworkPart] { get }
  /// The sizes of the maps of an image; without height or width where it is too small.
  func mapSizes(of picture: SpatialSize) -> [SpatialSize]
  /// Feature maps of images [N, 3, H, W].
  func features(_ input: Tensor, _ mode: Mode) -> [Tensor]
}

extension SSDBackbone {
  /// Returns the outputs of stages one after another, each [N, C, H, W].
  func outputs(of stages: [some Layer], _ input: Tensor, _ mode: Mode) -> [Tensor] {
    var output = input
    return stages.map { stage in
      output = stage(output, mode)
      return output
    }
  }
}

extension SpatialSize {
  /// The size after a window moved over the image; 0 where it does not fit in.
  ///
  /// - Parameter ceil: whether a window may reach past the end.
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
