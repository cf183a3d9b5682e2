import Torch

/// A square or circle of a random place, size and colour.
struct DrawnShape {
  /// Bool [side, side]: where it is.
  let inside: Tensor
  /// float32 [3, 1, 1]
  let colour: Tensor
  /// x0, y0, x1, y1 in pixels.
  let box: [Float]

  /// - Parameters:
  ///   - side: of the picture.
  ///   - columns: those of the picture in which the shape has room.
  init(isCircle: Bool, side: Int, columns: Range<Int>) {
    let draws: [Float] = Tensor.rand([3]).scalars()
    let radius = Double(columns.count) * (0.2 + 0.15 * Double(draws[0]))
    let roomAcross = Double(columns.count) - 2 * radius
    let roomDown = Double(side) - 2 * radius
    let x = Double(columns.lowerBound) + radius + roomAcross * Double(draws[1])
    let y = radius + roomDown * Double(draws[2])
    let steps = Tensor.arange(side, dtype: .float32)
    let across = (steps - x).reshaped([1, side])
    let down = (steps - y).reshaped([side, 1])
    let inside =
      isCircle
      ? across.square() + down.square() .< radius * radius
      : across.abs().maximum(down.abs()) .< radius
    self.inside = inside
    colour = Tensor.rand([3, 1, 1]) * 0.5 + 0.5
    box = [x - radius, y - radius, x + radius, y + radius].map { Float($0) }
  }

  /// The picture [3, side, side] with the shape on it.
  func drawn(on picture: Tensor) -> Tensor {
    Tensor.where(inside.unsqueezed(0), colour, picture)
  }

  /// Darkness with noise: float32 [3, side, side].
  static func background(side: Int) -> Tensor {
    Tensor.rand([3, side, side]) * 0.3
  }
}
