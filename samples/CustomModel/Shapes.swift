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
    let pictures = (0..<count).map { index in
      DrawnShape(isCircle: index % 2 == 1, side: side, columns: 0..<side)
        .drawn(on: DrawnShape.background(side: side))
    }
    let labels = (0..<count).map { $0 % 2 }
    return Shapes(images: .stack(pictures), labels: Tensor(labels))
  }

  /// A batch of the pictures that stand at the places `indices` (int64 [K]).
  func batch(_ indices: Tensor) -> Shapes {
    Shapes(
      images: images.indexSelect(dim: 0, indices), labels: labels.indexSelect(dim: 0, indices))
  }
}
