/// A layer that takes the maximum of each window, in two or three dimensions.
public struct MaxPool: ModeFreeLayer {
  let kernel: [Int]
  let stride: [Int]
  let padding: [Int]
  let ceilMode: Bool

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - dimensions: The number of dimensions, 2 or 3.
  ///   - kernel: The sizes of the window.
  ///   - stride: The distance between neighbouring windows.
  ///   - padding: The number of elements of −∞ added on each side.
  ///   - ceilMode: Whether a last window may extend past the end.
  public init(
    dimensions: Int = 2, kernel: Sizes, stride: Sizes, padding: Sizes = 0, ceilMode: Bool = false
  ) {
    self.kernel = kernel.expanded(to: dimensions)
    self.stride = stride.expanded(to: dimensions)
    self.padding = padding.expanded(to: dimensions)
    self.ceilMode = ceilMode
  }

  /// Returns the maxima of an input [N, C, ...].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    maxPool(input, kernel: kernel, stride: stride, padding: padding, ceilMode: ceilMode)
  }
}

/// A layer that takes the mean of each window, in two or three dimensions.
public struct AveragePool: ModeFreeLayer {
  let kernel: [Int]
  let stride: [Int]
  let padding: [Int]

  /// Creates a layer for 2 or 3 dimensions; zeros of the padding count.
  public init(dimensions: Int = 2, kernel: Sizes, stride: Sizes, padding: Sizes = 0) {
    self.kernel = kernel.expanded(to: dimensions)
    self.stride = stride.expanded(to: dimensions)
    self.padding = padding.expanded(to: dimensions)
  }

  /// Returns the means of an input [N, C, ...].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    averagePool(input, kernel: kernel, stride: stride, padding: padding)
  }
}

/// A layer that takes means of windows which give an output of a fixed size, whatever the input's.
public struct AdaptiveAveragePool: ModeFreeLayer {
  let size: [Int]

  /// Creates a layer for 2 or 3 dimensions with the size of its output.
  public init(dimensions: Int = 2, size: Sizes) {
    self.size = size.expanded(to: dimensions)
  }

  /// Returns the means of an input [N, C, ...].
  public func callAsFunction(_ input: Tensor) -> Tensor {
    adaptiveAveragePool(input, size: size)
  }
}
