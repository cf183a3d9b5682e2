/// A convolution over space and time expressed as one over space alone.
///
/// Every frame gets the channels of the neighbouring frames that a kernel covers, and the kernel
/// those of all its depths. A processor can then use Winograd's algorithm if that is faster, and
/// needs less memory.
struct FramewiseConvolution {
  /// The weight, [K, D · C, kernel, kernel], the depths of a kernel one after another.
  let weight: Tensor
  /// The number of frames that a kernel covers.
  private let depth: Int
  private let window: ConvolutionWindow

  /// Creates the convolution, or returns nil for one that is not over space and time on the
  /// processor or that covers frames which are not neighbours.
  ///
  /// - Parameters:
  ///   - convolve: The convolution over space and time.
  ///   - weight: The weight of the convolution, or its replacement, [K, C, D, kernel, kernel].
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

  /// Returns the output [N, K, D′, H′, W′] for an input [N, C, D, H, W].
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
