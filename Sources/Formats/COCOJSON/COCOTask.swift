import COCO
import Files

/// What the annotations of a COCO file are for.
enum COCOTask: String, CaseIterable {
  case instances
  case keypoints
  case captions
  case stuff
  case panoptic
  case video
  case tracking

  /// How COCO's own files of the task begin.
  var prefixes: [String] {
    switch self {
    case .instances: ["instances_"]
    case .keypoints: ["person_keypoints_"]
    case .captions: ["captions_"]
    case .stuff: ["stuff_"]
    case .panoptic: ["panoptic_"]
    case .video, .tracking: []
    }
  }

  /// The task of what a file holds, instances where any object can be read; nil for a file without
  /// annotations.
  init?(_ contents: COCOContents) {
    let records = contents.rejections.filter { $0.kind == .annotation }
    func holds(_ key: String) -> Bool {
      contents.dataset.annotations.first?.extra[key] != nil
        || records.first?.record.contains("\"\(key)\"") ?? false
    }
    let hasObjects = contents.dataset.annotations.contains {
      $0.categoryID != nil && ($0.box != nil || $0.segmentation != nil)
    }
    if contents.met.annotations == 0 { return nil }
    if hasObjects {
      self = .instances
    } else if contents.dataset.extra["videos"] != nil || holds("video_id") {
      self = .video
    } else if holds("segments_info") {
      self = .panoptic
    } else if holds("caption") {
      self = .captions
    } else {
      self = .instances
    }
  }

  /// The word on a file of this task. Captions are kept as they are.
  func finding(of contents: COCOContents, source: Int) -> Finding {
    let first = contents.dataset.annotations.first?.origin
      ?? contents.rejections.first { $0.kind == .annotation }?.finding.origin
    let place = first ?? Origin(file: source, offset: 0)
    switch self {
    case .captions:
      return Finding(
        .notInstances, severity: .information,
        "the file holds captions, and no objects", at: place)
    case .panoptic:
      return Finding(
        .notInstances,
        "expected objects, found panoptic segmentation (\"segments_info\"), whose objects stand in "
          + "PNG files beside it", at: place)
    default:
      return Finding(
        .notInstances,
        "expected objects on pictures, found \(rawValue) annotations, which have boxes for each frame",
        at: place)
    }
  }

  /// The files of a folder that hold objects, each split once: COCO's own folder has files of several
  /// tasks for the same pictures.
  static func objectFiles(among files: [String], noting notes: inout [String]) -> [String] {
    var best: [String: COCOTask] = [:]
    func key(_ path: String) -> (task: COCOTask, split: String)? {
      let stem = Path.withoutExtension(Path.name(of: path))
      for task in allCases {
        for prefix in task.prefixes where stem.hasPrefix(prefix) {
          return (task, Path.join(Path.folder(of: path), String(stem.dropFirst(prefix.count))))
        }
      }
      return nil
    }
    let order = allCases
    func rank(_ task: COCOTask) -> Int { order.firstIndex(of: task) ?? order.count }
    for path in files {
      guard let (task, split) = key(path) else { continue }
      if let known = best[split], rank(known) <= rank(task) { continue }
      best[split] = task
    }
    var left: [String] = []
    let kept = files.filter { path in
      guard let (task, split) = key(path), best[split] != task else { return true }
      left.append(Path.name(of: path))
      return false
    }
    if !left.isEmpty {
      notes.append(
        "of several files for the same pictures one is read; left out: "
          + "\(left.joined(separator: ", ")) (to read one of these, name it alone)")
    }
    return kept
  }
}
