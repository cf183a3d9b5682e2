/// A convolution in any number of dimensions.
public protocol Convolution: Module {
  /// The weight, [K, C / groups, kernel...].
  var weight: Tensor { get }
  /// The bias, [K]; nil for none.
  var bias: Tensor? { get }
  /// The stride, padding, dilation and groups.
  var window: ConvolutionWindow { get }
  /// A Boolean value that is true if outputs may be rounded differently from PyTorch's in training
  /// too.
  var isFast: Bool { get }
}

extension Convolution {
  /// The default: false, which keeps PyTorch's rounding in training.
  public var isFast: Bool { false }

  /// Returns the convolution of an input [N, C, ...].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    convolution(input, weight, bias, window, isFast: isFast)
  }
}

/// The movement of a convolution's window, with one number for each dimension.
public struct ConvolutionWindow: Sendable {
  /// The distance between neighbouring windows.
  public let stride: [Int]
  /// The number of zeros added on each side.
  public let padding: [Int]
  /// The distance between neighbouring elements of the window.
  public let dilation: [Int]
  /// The number of groups that input and output channels are divided into.
  public let groups: Int

  /// Creates a window for a number of dimensions; traps for a list of sizes of another length.
  public init(
    dimensions: Int, stride: Sizes = 1, padding: Sizes = 0, dilation: Sizes = 1, groups: Int = 1
  ) {
    self.stride = stride.expanded(to: dimensions)
    self.padding = padding.expanded(to: dimensions)
    self.dilation = dilation.expanded(to: dimensions)
    self.groups = groups
  }
}

/// Returns a weight and a bias as PyTorch draws them: both uniform within 1 / √fan in.
func convolutionState(_ shape: [Int], bias: Bool) -> (weight: Tensor, bias: Tensor?) {
  let weight = Tensor.empty(shape)
  weight.fillKaimingUniform(slope: 5.0.squareRoot())
  guard bias else { return (weight, nil) }
  let values = Tensor.empty([shape[0]])
  values.fillUniform(within: 1 / Double(weight.fans.in).squareRoot())
  return (weight, values)
}

/// A convolution in two dimensions: [N, C, H, W] → [N, K, H′, W′].
public struct Conv2d: ModeFreeLayer, Convolution {
  /// The weight, [K, C / groups, kernel, kernel].
  @Parameter public var weight: Tensor
  /// The bias, [K]; nil for none.
  @Parameter public var bias: Tensor?
  /// The stride, padding, dilation and groups.
  public let window: ConvolutionWindow
  /// A Boolean value that is true if Winograd's algorithm may be used in training too.
  public var isFast: Bool

  /// Creates a convolution with weights drawn as PyTorch draws them.
  ///
  /// - Parameters:
  ///   - inChannels: The number of input channels, C.
  ///   - outChannels: The number of output channels, K.
  ///   - kernel: The height and width of the window.
  ///   - stride: The distance between neighbouring windows.
  ///   - padding: The number of zeros added on each side.
  ///   - dilation: The distance between neighbouring elements of the window.
  ///   - groups: The number of groups that both kinds of channels are divided into.
  ///   - bias: Whether there is a bias.
  ///   - isFast: Whether a 3×3 convolution on the processor may use Winograd's algorithm in
  ///     training, as it always may in inference. It is about twice as fast, and an output or a
  ///     gradient then differs from PyTorch's by about 1e-5 of the largest one, beyond rounding.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernel: Sizes, stride: Sizes = 1, padding: Sizes = 0,
    dilation: Sizes = 1, groups: Int = 1, bias: Bool = true, isFast: Bool = false
  ) {
    self.isFast = isFast
    window = ConvolutionWindow(
      dimensions: 2, stride: stride, padding: padding, dilation: dilation, groups: groups)
    (weight, self.bias) = convolutionState(
      [outChannels, inChannels / groups] + kernel.expanded(to: 2), bias: bias)
  }
}

/// A convolution in three dimensions: [N, C, D, H, W] → [N, K, D′, H′, W′].
public struct Conv3d: ModeFreeLayer, Convolution {
  /// The weight, [K, C / groups, kernel, kernel, kernel].
  @Parameter public var weight: Tensor
  /// The bias, [K]; nil for none.
  @Parameter public var bias: Tensor?
  /// The stride, padding, dilation and groups.
  public let window: ConvolutionWindow

  /// Creates a convolution with weights drawn as PyTorch draws them.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernel: Sizes, stride: Sizes = 1, padding: Sizes = 0,
    dilation: Sizes = 1, groups: Int = 1, bias: Bool = true
  ) {
    window = ConvolutionWindow(
      dimensions: 3, stride: stride, padding: padding, dilation: dilation, groups: groups)
    (weight, self.bias) = convolutionState(
      [outChannels, inChannels / groups] + kernel.expanded(to: 3), bias: bias)
  }
}

/// A transposed convolution in two dimensions: [N, C, H, W] → [N, K, H′, W′].
public struct ConvTranspose2d: ModeFreeLayer {
  /// The weight, [C, K, kernel, kernel].
  @Parameter public var weight: Tensor
  /// The bias, [K]; nil for none.
  @Parameter public var bias: Tensor?
  /// The distance between neighbouring windows in the output.
  public let stride: [Int]
  /// The number of rows and columns cut off each side of the output.
  public let padding: [Int]

  /// Creates a transposed convolution with a bias and weights drawn as PyTorch draws them.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernel: Sizes, stride: Sizes = 1, padding: Sizes = 0
  ) {
    self.stride = stride.expanded(to: 2)
    self.padding = padding.expanded(to: 2)
    weight = .empty([inChannels, outChannels] + kernel.expanded(to: 2))
    weight.fillKaimingUniform(slope: 5.0.squareRoot())
    let values = Tensor.empty([outChannels])
    values.fillUniform(within: 1 / Double(weight.fans.in).squareRoot())
    bias = values
  }

  /// Returns the transposed convolution of an input [N, C, H, W].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    transposedConvolution(input, weight, bias, stride: stride, padding: padding)
  }
}

/// The sizes of a window in its dimensions: `3` for the same in all, or `[1, 3, 3]` for one in
/// each.
public struct Sizes: Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  private let values: [Int]

  /// Creates one size for all dimensions.
  public init(_ size: Int) {
    values = [size]
  }

  /// Creates one size for each dimension, or one for all.
  init(_ sizes: [Int]) {
    values = sizes
  }

  /// Creates one size for all dimensions from a literal such as `3`.
  public init(integerLiteral size: Int) {
    values = [size]
  }

  /// Creates one size for each dimension from a literal such as `[1, 3, 3]`.
  public init(arrayLiteral sizes: Int...) {
    values = sizes
  }

  /// Returns one size for each of a number of dimensions; traps for a list of another length.
  func expanded(to dimensions: Int) -> [Int] {
    if values.count == 1 { return Array(repeating: values[0], count: dimensions) }
    precondition(
      values.count == dimensions, "expected 1 or \(dimensions) sizes, found \(values.count)")
    return values
  }
}

extension Module {
  /// Lays the weights of all convolutions in memory channels-last or row-major; their outputs
  /// follow.
  ///
  /// With matching layouts, oneDNN need not reorder images at every convolution.
  public func lay(_ layout: Layout) {
    forEachModule { module in
      guard let convolve = module as? any Convolution else { return }
      let layout: Layout =
        layout == .contiguous
        ? .contiguous : convolve.weight.rank == 5 ? .channelsLast3d : .channelsLast
      convolve.weight.replaceStorage(by: convolve.weight.detached().contiguous(layout))
    }
  }
}
