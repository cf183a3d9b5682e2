/// A convolution over space and time as one over space alone: every frame is given the channels of the
/// frames beside it that a kernel reaches, and its kernels those of all their depths. A processor then
/// takes Winograd's algorithm where that is faster, and needs less memory.
struct FramewiseConvolution {
  /// [K, D · C, kernel, kernel], the depths of a kernel one after another.
  let weight: Tensor
  /// How many frames a kernel reaches.
  private let depth: Int
  private let window: ConvolutionWindow

  /// - Parameter weight: [K, C, D, kernel, kernel] of the convolution, or what took its place.
  /// - Returns: nil for a convolution that is not one over space and time on the processor, or reaches
  ///   frames that are not neighbours.
  init?(_ convolve: some Convolution, weight: Tensor) {
    let window = convolve.window
    guard weight.rank == 5, weight.device == .cpu, window.groups == 1, window.dilation[0] == 1
    else {
      return nil
    }
    depth = weight.size(2)
    self.weight =
      weight.permuted([0, 2, 1, 3, 4])
      .reshaped([weight.size(0), depth * weight.size(1), weight.size(3), weight.size(4)])
      .contiguous(.channelsLast)
    self.window = window
  }

  /// Returns [N, K, D′, H′, W′] of the input [N, C, D, H, W].
  func callAsFunction(_ input: Tensor, _ bias: Tensor?) -> Tensor {
    let frames = framesWithNeighbours(input)  // [N, D′, H, W, D · C]
    let (count, outputs) = (frames.size(0), frames.size(1))
    let pictures = frames.flattened(from: 0, to: 1).permuted([0, 3, 1, 2])
    let output = convolution(pictures, weight, bias, spatialWindow)  // [N · D′, K, H′, W′]
    return output.permuted([0, 2, 3, 1])
      .reshaped([count, outputs, output.size(2), output.size(3), output.size(1)])
      .permuted([0, 4, 1, 2, 3])
  }

  private func framesWithNeighbours(_ input: Tensor) -> Tensor {
    let (padding, stride) = (window.padding[0], window.stride[0])
    var frames = input.permuted([0, 2, 3, 4, 1])  // [N, D, H, W, C]
    if padding > 0 { frames = frames.padded([0, 0, 0, 0, 0, 0, padding, padding]) }
    let outputs = (frames.size(1) - depth) / stride + 1
    let neighbours = (0..<depth).map { first in
      frames.slice(dim: 1, from: first, to: first + (outputs - 1) * stride + 1, step: stride)
    }
    return depth == 1 ? neighbours[0] : .concatenate(neighbours, dim: 4)
  }

  private var spatialWindow: ConvolutionWindow {
    ConvolutionWindow(
      dimensions: 2, stride: Sizes(Array(window.stride.dropFirst())),
      padding: Sizes(Array(window.padding.dropFirst())),
      dilation: Sizes(Array(window.dilation.dropFirst())))
  }
}
