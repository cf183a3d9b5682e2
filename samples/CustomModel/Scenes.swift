import DetectionModels
import Torch

/// Pictures of two shapes each, with what a detector is to find.
struct Scenes {
  /// The background, squares and circles.
  static let numClasses = 3
  /// Pixels of a picture by height and by width.
  static let side = 128

  /// Each float32 [3, side, side], 0 … 1.
  let images: [Tensor]
  let targets: [TrainingTarget]

  var count: Int { images.count }

  /// As many pictures; one shape stands in the left half of each and one in the right.
  static func drawn(_ count: Int) -> Scenes {
    let scenes = (0..<count).map { _ in scene() }
    return Scenes(images: scenes.map(\.image), targets: scenes.map(\.target))
  }

  private static func scene() -> (image: Tensor, target: TrainingTarget) {
    let draws: [Float] = Tensor.rand([2]).scalars()
    let areCircles = draws.map { $0 < 0.5 }
    let shapes = zip(areCircles, [0..<side / 2, side / 2..<side]).map {
      DrawnShape(isCircle: $0, side: side, columns: $1)
    }
    let image = shapes.reduce(DrawnShape.background(side: side)) { $1.drawn(on: $0) }
    return (
      image,
      TrainingTarget(
        boxes: Tensor(shapes.flatMap(\.box), shape: [2, 4]),
        labels: Tensor(areCircles.map { $0 ? 2 : 1 }),
        masks: .stack(shapes.map(\.inside)).to(.uint8))
    )
  }
}
