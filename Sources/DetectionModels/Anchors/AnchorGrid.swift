/// The anchors of one feature map: boxes of a few shapes around every place of a grid.
///
/// They are the anchors of `AnchorGenerator` and `DefaultBoxGenerator` as numbers instead of
/// tensors, for analysis without a model.
public struct AnchorGrid: Sendable, Equatable {
  /// The width and height of an anchor.
  public struct Shape: Sendable, Equatable {
    /// The width in pixels.
    public let width: Double
    /// The height in pixels.
    public let height: Double

    /// Creates a shape from a width and a height in pixels.
    public init(width: Double, height: Double) {
      self.width = width
      self.height = height
    }
  }

  /// The coordinates of the places along one axis.
  public struct Axis: Sendable, Equatable {
    /// The coordinate of the first place in pixels.
    public let first: Double
    /// The distance between neighbouring places in pixels.
    public let step: Double
    /// The number of places.
    public let count: Int

    /// Creates `count` coordinates, `step` pixels apart, from `first` on.
    public init(first: Double, step: Double, count: Int) {
      self.first = first
      self.step = step
      self.count = count
    }

    /// Returns the coordinate of the place nearest to a coordinate, which is the first or last one
    /// for coordinates beyond them.
    public func nearest(to coordinate: Double) -> Double {
      let index = step > 0 ? ((coordinate - first) / step).rounded() : 0
      return first + step * min(max(index, 0), Double(max(count - 1, 0)))
    }
  }

  /// The shapes of the anchors around each place.
  public let shapes: [Shape]
  /// The x coordinates of the places.
  public let x: Axis
  /// The y coordinates of the places.
  public let y: Axis

  /// Creates a grid from its anchors' shapes and its places' coordinates.
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
  ///   - imageSize: The size of the batch, padding included.
  ///   - maps: The size of each map, as many as there are lists of sizes.
  public func grids(imageSize: SpatialSize, maps: [SpatialSize]) -> [AnchorGrid] {
    zip(maps, zip(sizes, aspectRatios)).map { map, lists in
      // This drops the remainder of the division, as `callAsFunction` does.
      let x = AnchorGrid.Axis(
        first: 0, step: Double(imageSize.width / max(map.width, 1)), count: map.width)
      let y = AnchorGrid.Axis(
        first: 0, step: Double(imageSize.height / max(map.height, 1)), count: map.height)
      return AnchorGrid(shapes: Self.shapes(sizes: lists.0, aspectRatios: lists.1), x: x, y: y)
    }
  }

  /// Returns the shapes of the anchors around a place, one aspect ratio after another.
  ///
  /// Their sides are rounded to even numbers of pixels, as torchvision rounds them.
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
  ///   - imageSize: The size of the batch.
  ///   - maps: The size of each map, as many as there are lists of aspect ratios.
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
