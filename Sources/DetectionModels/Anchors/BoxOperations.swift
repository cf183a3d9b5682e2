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

/// The coordinates of boxes apart, in a type in which products of them do not overflow.
struct BoxCorners {
  let x0: Tensor
  let y0: Tensor
  let x1: Tensor
  let y1: Tensor

  /// - Parameter boxes: [..., 4]: x0, y0, x1, y1
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

  /// What both cover; its sides are negative where they do not meet.
  func intersection(_ other: BoxCorners) -> BoxCorners {
    BoxCorners(
      x0: x0.maximum(other.x0), y0: y0.maximum(other.y0), x1: x1.minimum(other.x1),
      y1: y1.minimum(other.y1))
  }

  /// The smallest box around both.
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
