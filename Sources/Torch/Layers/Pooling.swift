/// The greatest number of each window, in two or three dimensions.
public struct MaxPool: ModeFreeLayer {
  let kernel: [Int]
  let stride: [Int]
  let padding: [Int]
  let ceilMode: Bool

  public init(
    dimensions: Int = 2, kernel: Sizes, stride: Sizes, padding: Sizes = 0, ceilMode: Bool = false
  ) {
    self.kernel = kernel.expanded(to: dimensions)
    self.stride = stride.expanded(to: dimensions)
    self.padding = padding.expanded(to: dimensions)
    self.ceilMode = ceilMode
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    maxPool(input, kernel: kernel, stride: stride, padding: padding, ceilMode: ceilMode)
  }
}

/// The mean of each window, in two or three dimensions.
public struct AveragePool: ModeFreeLayer {
  let kernel: [Int]
  let stride: [Int]
  let padding: [Int]

  public init(dimensions: Int = 2, kernel: Sizes, stride: Sizes, padding: Sizes = 0) {
    self.kernel = kernel.expanded(to: dimensions)
    self.stride = stride.expanded(to: dimensions)
    self.padding = padding.expanded(to: dimensions)
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    averagePool(input, kernel: kernel, stride: stride, padding: padding)
  }
}

/// Means of windows that give an output of a fixed size, whatever the input's.
public struct AdaptiveAveragePool: ModeFreeLayer {
  let size: [Int]

  public init(dimensions: Int = 2, size: Sizes) {
    self.size = size.expanded(to: dimensions)
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptiveAveragePool(input, size: size)
  }
}
