import COCO

/// How many keypoints every object has: `kpt_shape` of `data.yaml`.
struct YOLOKeypointShape {
  let count: Int

  /// nil where no annotation has keypoints, or not all categories have the same number. Categories
  /// that do not list theirs, as those read from YOLO, are taken by their annotations.
  init?(_ datasets: [Dataset]) {
    var counts: Set<Int> = []
    for dataset in datasets {
      for annotation in dataset.annotations {
        if let keypoints = annotation.keypoints { counts.insert(keypoints.count / 3) }
      }
    }
    let isUsed = !counts.isEmpty
    let listed = datasets.flatMap(\.categories).map { category in
      if case .array(let names)? = category.extra["keypoints"] { names.count } else { 0 }
    }
    if listed.contains(where: { $0 > 0 }) { counts = Set(listed) }
    guard isUsed, counts.count == 1, let count = counts.first, count > 0 else { return nil }
    self.count = count
  }
}
