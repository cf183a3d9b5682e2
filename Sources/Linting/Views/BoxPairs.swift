import COCO

/// The pairs of boxes on one image that are nearly the same.
enum BoxPairs {
  /// Calls `body` with the positions of every pair of usable boxes whose intersection over union is
  /// at least `iou`, and with that number; the earlier annotation first, in order of the later one.
  ///
  /// Not all pairs are tried: a box can only match one that begins within a part of its width.
  static func forEach(
    on view: ImageView, iou limit: Double, _ body: (Int, Int, Double) -> Void
  ) {
    let boxes = view.boxesByEdge
    guard boxes.count > 1 else { return }
    var pairs: [(Int, Int, Double)] = []
    for (position, entry) in boxes.enumerated() {
      let reach = entry.box.x + (1 - limit) * entry.box.width
      for other in boxes[(position + 1)...] {
        if other.box.x > reach { break }
        let iou = entry.box.intersectionOverUnion(other.box)
        guard iou >= limit else { continue }
        pairs.append((min(entry.index, other.index), max(entry.index, other.index), iou))
      }
    }
    guard !pairs.isEmpty else { return }
    pairs.sort { ($0.1, $0.0) < ($1.1, $1.0) }
    for pair in pairs { body(pair.0, pair.1, pair.2) }
  }

  /// Returns the usable boxes among `annotations`, which are on the image at `position`, by their
  /// left edges; empty if there are fewer than two annotations.
  static func boxesByEdge(
    _ annotations: ArraySlice<Int32>, ofImage position: Int, in set: DatasetView
  ) -> [(index: Int, box: Box)] {
    guard annotations.count > 1 else { return [] }
    let size = set.size(ofImage: position)
    return set.dataset.annotations.withUnsafeBufferPointer { all in
      var boxes: [(index: Int, box: Box)] = []
      boxes.reserveCapacity(annotations.count)
      for index in annotations {
        guard all[Int(index)].isCrowd != 1, let box = all[Int(index)].box,
          BoxCondition(box, width: size.width, height: size.height).isUsable
        else { continue }
        boxes.append((Int(index), box))
      }
      boxes.sort { ($0.box.x, $0.index) < ($1.box.x, $1.index) }
      return boxes
    }
  }
}
