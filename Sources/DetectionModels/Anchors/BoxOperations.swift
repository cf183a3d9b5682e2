public import Torch

/// Returns the areas of boxes.
///
/// - Parameter boxes: The boxes, [..., 4]: x0, y0, x1, y1.
/// - Returns: The areas, [...], in float32 if the boxes have a shorter floating-point type;
///   negative if one axis is reversed.
public func boxArea(_ boxes: Tensor) -> Tensor {
  BoxCorners(boxes).area
}

/// Returns the boxes with every coordinate clamped to an image.
///
/// - Parameters:
///   - boxes: The boxes, [..., 4]: x0, y0, x1, y1.
///   - size: The size of the image in pixels.
/// - Returns: The clamped boxes, [..., 4]; a box outside the image has an area of 0, and NaN
///   stays NaN.
public func clipBoxes(_ boxes: Tensor, to size: (height: Int, width: Int)) -> Tensor {
  let limits = [size.width, size.height, size.width, size.height]
  let coordinates = limits.enumerated().map { index, limit in
    boxes.select(dim: -1, index).clamped(min: 0, max: Double(limit))
  }
  return .stack(coordinates, dim: -1)
}

/// Returns the indices of the boxes whose sides are both at least as long as a minimum.
///
/// - Parameters:
///   - boxes: The boxes, [N, 4]: x0, y0, x1, y1.
///   - minSize: The least length of a side, in the boxes' unit.
/// - Returns: The indices, int64 [K], in ascending order; boxes with NaN are left out.
public func removeSmallBoxes(_ boxes: Tensor, minSize: Double) -> Tensor {
  let width = boxes.select(dim: 1, 2) - boxes.select(dim: 1, 0)
  let height = boxes.select(dim: 1, 3) - boxes.select(dim: 1, 1)
  return ((width .>= minSize) .& (height .>= minSize)).nonzero().squeezed(1)
}

/// The separate coordinates of boxes, in a type in which their products do not overflow.
struct BoxCorners {
  let x0: Tensor
  let y0: Tensor
  let x1: Tensor
  let y1: Tensor

  /// Splits boxes [..., 4] into their coordinates x0, y0, x1, y1.
  init(_ boxes: Tensor) {
    precondition(
      boxes.rank > 0 && boxes.size(-1) == 4, "expected boxes [..., 4], found \(boxes.shape)")
    let boxes = boxes.to(Self.wideType(of: boxes.dtype))
    (x0, y0) = (boxes.select(dim: -1, 0), boxes.select(dim: -1, 1))
    (x1, y1) = (boxes.select(dim: -1, 2), boxes.select(dim: -1, 3))
  }

  private init(x0: Tensor, y0: Tensor, x1: Tensor, y1: Tensor) {
    (self.x0, self.y0, self.x1, self.y1) = (x0, y0, x1, y1)
  }

  var width: Tensor { x1 - x0 }
  var height: Tensor { y1 - y0 }
  var area: Tensor { width * height }

  /// Returns the intersection of each pair; its sides are negative if the boxes are disjoint.
  func intersection(_ other: BoxCorners) -> BoxCorners {
    BoxCorners(
      x0: x0.maximum(other.x0), y0: y0.maximum(other.y0), x1: x1.minimum(other.x1),
      y1: y1.minimum(other.y1))
  }

  /// Returns the smallest box around each pair.
  func enclosing(_ other: BoxCorners) -> BoxCorners {
    BoxCorners(
      x0: x0.minimum(other.x0), y0: y0.minimum(other.y0), x1: x1.maximum(other.x1),
      y1: y1.maximum(other.y1))
  }

  private static func wideType(of dtype: DType) -> DType {
    switch dtype {
    case .float64, .float32, .int64, .int32: dtype
    case .float16, .bfloat16: .float32
    case .int16, .int8, .uint8, .bool: .int32
    }
  }
}
