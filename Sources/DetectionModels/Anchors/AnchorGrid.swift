/// The anchors of one feature map: boxes of a few shapes around every place of a grid.
///
/// They are what `AnchorGenerator` and `DefaultBoxGenerator` make, as numbers and not as a tensor, for
/// those who ask where anchors stand without running a model.
public struct AnchorGrid: Sendable, Equatable {
  /// The width and height of anchors, pixels.
  public struct Shape: Sendable, Equatable {
    public let width: Double
    public let height: Double

    public init(width: Double, height: Double) {
      self.width = width
      self.height = height
    }
  }

  /// The coordinates of the places along one axis: `count` of them, `step` pixels apart.
  public struct Axis: Sendable, Equatable {
    /// The first place, pixels.
    public let first: Double
    public let step: Double
    public let count: Int

    public init(first: Double, step: Double, count: Int) {
      self.first = first
      self.step = step
      self.count = count
    }

    /// Returns the place nearest to a coordinate; the last or first one for what lies beyond it.
    public func nearest(to coordinate: Double) -> Double {
      let index = step > 0 ? ((coordinate - first) / step).rounded() : 0
      return first + step * min(max(index, 0), Double(max(count - 1, 0)))
    }
  }

  /// The anchors around each place.
  public let shapes: [Shape]
  public let x: Axis
  public let y: Axis

  public init(shapes: [Shape], x: Axis, y: Axis) {
    self.shapes = shapes
    self.x = x
    self.y = y
  }
}

extension AnchorGenerator {
  /// Returns the anchors of each feature map.
  ///
  /// - Parameters:
  ///   - imageSize: of the batch, with what was filled.
  ///   - maps: the size of each map, as many as there are lists of sizes.
  public func grids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid] {
    zip(maps, zip(sizes, aspectRatios)).map { map, lists in
      // As `callAsFunction` has it: the rest of the division left out.
      let x = AnchorGrid.Axis(
        first: 0, step: Double(imageSize.width / max(map.width, 1)), count: map.width)
      let y = AnchorGrid.Axis(
        first: 0, step: Double(imageSize.height / max(map.height, 1)), count: map.height)
      return AnchorGrid(shapes: Self.shapes(sizes: lists.0, aspectRatios: lists.1), x: x, y: y)
    }
  }

  /// Returns the width and height of the anchors around a place, whose sides are rounded to even
  /// numbers of pixels as torchvision rounds them.
  public static func shapes(sizes: [Double], aspectRatios: [Double]) -> [AnchorGrid.Shape] {
    aspectRatios.flatMap { ratio -> [AnchorGrid.Shape] in
      let (height, width) = (Float(ratio).squareRoot(), 1 / Float(ratio).squareRoot())
      return sizes.map { size in
        AnchorGrid.Shape(
          width: 2 * Double((width * Float(size) / 2).rounded(.toNearestOrEven)),
          height: 2 * Double((height * Float(size) / 2).rounded(.toNearestOrEven)))
      }
    }
  }
}

extension DefaultBoxGenerator {
  /// Returns the default boxes of each feature map.
  ///
  /// - Parameters:
  ///   - imageSize: of the batch.
  ///   - maps: the size of each map, as many as there are lists of aspect ratios.
  public func grids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid] {
    func axis(_ index: Int, _ length: Int, _ count: Int) -> AnchorGrid.Axis {
      let step = steps?[index] ?? Double(length) / Double(max(count, 1))
      return AnchorGrid.Axis(first: step / 2, step: step, count: count)
    }
    return maps.enumerated().map { index, map in
      let sides = sides(ofMap: index)
      return AnchorGrid(
        shapes: sides.map {
          AnchorGrid.Shape(
            width: $0.width * Double(imageSize.width), height: $0.height * Double(imageSize.height))
        },
        x: axis(index, imageSize.width, map.width), y: axis(index, imageSize.height, map.height))
    }
  }
}
