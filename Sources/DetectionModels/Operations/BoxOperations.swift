public import Torch

/// The areas of boxes.
///
/// - Parameter boxes: [..., 4]: x0, y0, x1, y1
/// - Returns: [...], in float32 if the boxes are in a shorter type; negative where one axis runs
///   backwards
public func boxArea(_ boxes: Tensor) -> Tensor {
  BoxCorners(boxes).area
}

/// The boxes with every coordinate brought into an image.
///
/// - Parameters:
///   - boxes: [..., 4]: x0, y0, x1, y1
///   - size: the image's, in pixels
/// - Returns: [..., 4]; a box outside the image has no area left, NaN stays NaN
public func clipBoxes(_ boxes: Tensor, to size: (height: Int, width: Int)) -> Tensor {
  let limits = [size.width, size.height, size.width, size.height]
  let coordinates = limits.enumerated().map { index, limit in
    boxes.select(dim: -1, index).clamped(min: 0, max: Double(limit))
  }
  return .stack(coordinates, dim: -1)
}

/// Which boxes have no side shorter than a length.
///
/// - Parameters:
///   - boxes: [N, 4]: x0, y0, x1, y1
///   - minSize: in the boxes' unit
/// - Returns: int64 [K], indices in ascending order; boxes with NaN are not among them
public func removeSmallBoxes(_ boxes: Tensor, minSize: Double) -> Tensor {
  let width = boxes.select(dim: 1, 2) - boxes.select(dim: 1, 0)
  let height = boxes.select(dim: 1, 3) - boxes.select(dim: 1, 1)
  return ((width .>= minSize) .& (height .>= minSize)).nonzero().squeezed(1)
}
