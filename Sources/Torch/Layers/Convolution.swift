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
