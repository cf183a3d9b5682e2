/// A convolution in any number of dimensions.
public protocol Convolution: Module {
  var weight: Tensor { get }
  var bias: Tensor? { get }
  var window: ConvolutionWindow { get }
  /// Whether its outputs may be rounded otherwise than PyTorch's in training too.
  var isFast: Bool { get }
}

extension Convolution {
  /// PyTorch's rounding, unless a convolution says otherwise.
  public var isFast: Bool { false }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    convolution(input, weight, bias, window, isFast: isFast)
  }
}

/// How a convolution's window moves, in every dimension.
public struct ConvolutionWindow: Sendable {
  public let stride: [Int]
  public let padding: [Int]
  public let dilation: [Int]
  public let groups: Int

  public init(
    dimensions: Int, stride: Sizes = 1, padding: Sizes = 0, dilation: Sizes = 1, groups: Int = 1
  ) {
    self.stride = stride.expanded(to: dimensions)
    self.padding = padding.expanded(to: dimensions)
    self.dilation = dilation.expanded(to: dimensions)
    self.groups = groups
  }
}

/// Weight and bias as PyTorch draws them at first: both uniform within 1 / √fan in.
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
  /// [K, C / groups, kernel, kernel]
  @Parameter public var weight: Tensor
  /// [K]
  @Parameter public var bias: Tensor?
  public let window: ConvolutionWindow
  public var isFast: Bool

  /// - Parameter isFast: whether a 3×3 convolution on the processor may be done in training with
  ///   Winograd's algorithm, as it always may in inference: about twice as fast, and an output or a
  ///   gradient then differs from PyTorch's by about 1e-5 of the largest one, not by rounding alone.
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
  /// [K, C / groups, kernel, kernel, kernel]
  @Parameter public var weight: Tensor
  /// [K]
  @Parameter public var bias: Tensor?
  public let window: ConvolutionWindow

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

/// The transpose of a convolution in two dimensions: [N, C, H, W] → [N, K, H′, W′].
public struct ConvTranspose2d: ModeFreeLayer {
  /// [C, K, kernel, kernel]
  @Parameter public var weight: Tensor
  /// [K]
  @Parameter public var bias: Tensor?
  public let stride: [Int]
  public let padding: [Int]

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

  public func callAsFunction(_ input: Tensor) -> Tensor {
    transposedConvolution(input, weight, bias, stride: stride, padding: padding)
  }
}

/// Sizes of a window in each dimension: `3` for the same in all, `[1, 3, 3]` for each its own.
public struct Sizes: Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  private let values: [Int]

  public init(_ size: Int) {
    values = [size]
  }

  /// One size for each dimension, or one for all.
  init(_ sizes: [Int]) {
    values = sizes
  }

  public init(integerLiteral size: Int) {
    values = [size]
  }

  public init(arrayLiteral sizes: Int...) {
    values = sizes
  }

  /// One size for each of so many dimensions.
  func expanded(to dimensions: Int) -> [Int] {
    if values.count == 1 { return Array(repeating: values[0], count: dimensions) }
    precondition(
      values.count == dimensions, "expected 1 or \(dimensions) sizes, found \(values.count)")
    return values
  }
}

extension Module {
  /// Lays the weights of all convolutions in memory with channels side by side, or row-major; what
  /// they make follows. oneDNN then needs not reorder images at every convolution.
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
