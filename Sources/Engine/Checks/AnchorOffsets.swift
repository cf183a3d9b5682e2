import COCO
import DetectionModels

/// The distances from the centre of each object to the nearest place of each feature map, on which
/// alone its best overlap with an anchor depends beside the anchor's shape: the overlap of two
/// boxes falls with the distance of their centres along either axis, independently of the other.
struct AnchorOffsets: Sendable {
  private struct Distance {
    let x: Double
    let y: Double
  }

  /// The width and height of each object, pixels.
  private(set) var objects: [AnchorGrid.Shape] = []
  /// The distances side by side, one for each feature map of an object.
  private var distances: [Distance] = []
  private let maps: Int

  init(_ scaled: ScaledObjects, places: AnchorPlaces) {
    maps = scaled.pictures.first.map { places.grids(of: $0.batch).count } ?? 0
    objects.reserveCapacity(scaled.objects.count)
    distances.reserveCapacity(scaled.objects.count * maps)
    for picture in scaled.pictures where !picture.objects.isEmpty {
      let grids = places.grids(of: picture.batch)
      for index in picture.objects {
        let box = scaled.objects[index].box
        let (x, y) = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        objects.append(AnchorGrid.Shape(width: box.width, height: box.height))
        for grid in grids {
          distances.append(
            Distance(x: abs(grid.x.nearest(to: x) - x), y: abs(grid.y.nearest(to: y) - y)))
        }
      }
    }
  }

  var count: Int { objects.count }

  /// Returns the greatest intersection over union of an object with anchors of some shapes for each
  /// map, at their nearest places, and the map of it; the finest of maps that are as good.
  func best(of index: Int, _ shapes: [[AnchorGrid.Shape]]) -> (overlap: Double, map: Int) {
    let object = objects[index]
    let area = object.width * object.height
    var best = (overlap: 0.0, map: 0)
    for map in 0..<maps {
      let distance = distances[index * maps + map]
      for shape in shapes[map] {
        let x = min(object.width, shape.width, (object.width + shape.width) / 2 - distance.x)
        let y = min(object.height, shape.height, (object.height + shape.height) / 2 - distance.y)
        guard x > 0, y > 0 else { continue }
        let overlap = x * y / (area + shape.width * shape.height - x * y)
        if overlap > best.overlap { best = (overlap, map) }
      }
    }
    return best
  }
}
