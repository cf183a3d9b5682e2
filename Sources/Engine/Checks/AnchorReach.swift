import COCO
import DetectionModels

/// The fit of a detector's anchors to each object, before training: the overlap with the best
/// anchor, which bounds what the first stage can find.
struct AnchorReach: Sendable {
  struct Best: Sendable {
    /// The intersection over union with the best anchor; for a detector of centres, 1 if a place is
    /// available for the object and 0 otherwise.
    let overlap: Double
    /// The feature map of it, from the finest on.
    let map: Int
  }

  /// The overlap under which an object counts as out of reach.
  static let leastOverlap = 0.5
  let best: [Best]

  /// The overlaps with anchors.
  init(_ scaled: ScaledObjects, _ places: AnchorPlaces, _ offsets: AnchorOffsets) {
    best = scaled.pictures.flatMap { picture -> [Best] in
      let shapes = picture.objects.isEmpty ? [] : places.shapes(of: picture.batch)
      return picture.objects.map { index in
        let found = offsets.best(of: index, shapes)
        return Best(overlap: found.overlap, map: found.map)
      }
    }
  }

  /// Whether there is a place within the radius, by the place's size, of an object's centre.
  init(_ scaled: ScaledObjects, _ places: AnchorPlaces, centreRadius: Double) {
    best = scaled.pictures.flatMap { picture -> [Best] in
      let centres = CentrePlaces(grids: places.grids(of: picture.batch), radius: centreRadius)
      return scaled.objects[picture.objects].map { object in
        let map = centres.grids.indices.first { centres.hasPlace(for: object.box, onMap: $0) }
        return Best(overlap: map == nil ? 0 : 1, map: map ?? 0)
      }
    }
  }
}

/// The places of a detector that looks for centres (FCOS): of each map those that are there for
/// objects of a range of sizes.
private struct CentrePlaces {
  let grids: [AnchorGrid]
  let radius: Double

  /// Returns whether a place of the map is assigned the object unless a smaller one needs it: it is
  /// inside the box, near its centre, and its distance to the farthest side is in the map's range.
  func hasPlace(for box: Box, onMap map: Int) -> Bool {
    guard let size = grids[map].shapes.first?.width else { return false }
    let least = map == 0 ? 0 : size * 4
    let most = map == grids.count - 1 ? Double.infinity : size * 8
    let reach = radius * size
    let (xs, ys) = (
      near((box.x0 + box.x1) / 2, grids[map].x, reach),
      near((box.y0 + box.y1) / 2, grids[map].y, reach)
    )
    return ys.contains { y in
      xs.contains { x in
        let sides = [x - box.x0, box.x1 - x, y - box.y0, box.y1 - y]
        guard let nearest = sides.min(), let farthest = sides.max() else { return false }
        return nearest > 0 && farthest > least && farthest < most
      }
    }
  }

  private func near(_ centre: Double, _ axis: AnchorGrid.Axis, _ reach: Double) -> [Double] {
    (0..<axis.count).lazy.map { axis.first + axis.step * Double($0) }.filter {
      abs($0 - centre) < reach
    }
  }
}
