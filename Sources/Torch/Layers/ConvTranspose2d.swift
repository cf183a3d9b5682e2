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
