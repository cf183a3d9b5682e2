/// A convolution in two dimensions: [N, C, H, W] → [N, K, H′, W′].
public struct Conv2d: ModeFreeLayer, Convolution {
  /// [K, C / groups, kernel, kernel]
  @Parameter public var weight: Tensor
  /// [K]
  @Parameter public var bias: Tensor?
  public let window: ConvolutionWindow
  public let isFast: Bool

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
