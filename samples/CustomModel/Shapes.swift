import Torch

/// Pictures of one square or circle each.
struct Shapes {
  /// float32 [N, 3, side, side], 0 … 1.
  let images: Tensor
  /// int64 [N]: 0 for a square, 1 for a circle.
  let labels: Tensor

  var count: Int { images.size(0) }

  /// As many pictures with shapes of random places, sizes and colours before noise.
  static func drawn(_ count: Int, side: Int = 32) -> Shapes {
    let pictures = (0..<count).map { picture(isCircle: $0 % 2 == 1, side: side) }
    let labels = (0..<count).map { $0 % 2 }
    return Shapes(images: .stack(pictures), labels: Tensor(labels))
  }

  /// A batch of the pictures that stand at the places `indices` (int64 [K]).
  func batch(_ indices: Tensor) -> Shapes {
    Shapes(
      images: images.indexSelect(dim: 0, indices), labels: labels.indexSelect(dim: 0, indices))
  }

  private static func picture(isCircle: Bool, side: Int) -> Tensor {
    let draws: [Float] = Tensor.rand([3]).scalars()
    let radius = Double(side) * (0.2 + 0.15 * Double(draws[0]))
    let room = Double(side) - 2 * radius
    let (x, y) = (radius + room * Double(draws[1]), radius + room * Double(draws[2]))
    let steps = Tensor.arange(side, dtype: .float32)
    let across = (steps - x).reshaped([1, side])
    let down = (steps - y).reshaped([side, 1])
    let inside =
      isCircle
      ? across.square() + down.square() .< radius * radius
      : across.abs().maximum(down.abs()) .< radius
    let colour = Tensor.rand([3, 1, 1]) * 0.5 + 0.5
    let noise = Tensor.rand([3, side, side]) * 0.3
    return Tensor.where(inside.unsqueezed(0), colour, noise)
  }
}
