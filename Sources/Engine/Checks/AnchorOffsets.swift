import COCO
import DetectionModels

/// How far the centre of each object lies from the nearest place of each feature map, which is all
/// that its best overlap with an anchor depends on beside the anchor's shape: the overlap of two
/// boxes falls with the distance of their centres along either axis, and along each by itself.
struct AnchorOffsets: Sendable {
  /// An object's size and, for each feature map, the distance of its centre from the nearest place.
  struct Object: Sendable {
    let width: Double
    let height: Double
    let distances: [(x: Double, y: Double)]

    /// Returns the intersection over union with an anchor at the nearest place of a map.
    @inline(__always)
    func overlap(with shape: AnchorGrid.Shape, onMap map: Int) -> Double {
      let distance = distances[map]
      let x = min(width, shape.width, (width + shape.width) / 2 - distance.x)
      let y = min(height, shape.height, (height + shape.height) / 2 - distance.y)
      guard x > 0, y > 0 else { return 0 }
      let intersection = x * y
      return intersection / (width * height + shape.width * shape.height - intersection)
    }

    /// Returns the best overlap with anchors of some shapes for each map, and the map of it; the
    /// finest of maps that are as good.
    func best(_ shapes: [[AnchorGrid.Shape]]) -> (overlap: Double, map: Int) {
      var best = (overlap: 0.0, map: 0)
      for (map, shapes) in shapes.enumerated() {
        for shape in shapes {
          let overlap = overlap(with: shape, onMap: map)
          if overlap > best.overlap { best = (overlap, map) }
        }
      }
      return best
    }
  }

  private(set) var objects: [Object] = []

  init(_ scaled: ScaledObjects, places: AnchorPlaces) {
    objects.reserveCapacity(scaled.objects.count)
    for picture in scaled.pictures {
      let grids = places.grids(of: picture.batch)
      for object in scaled.objects[picture.objects] {
        let box = object.box
        let (x, y) = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        objects.append(
          Object(
            width: box.width, height: box.height,
            distances: grids.map { (abs($0.x.nearest(to: x) - x), abs($0.y.nearest(to: y) - y)) }))
      }
    }
  }
}
