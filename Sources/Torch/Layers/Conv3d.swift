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
