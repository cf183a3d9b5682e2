import COCO
import Files

/// The names of COCO's own files, of which there are several for the same pictures.
extension COCOTask {
  /// How COCO's own files of the task begin.
  var prefixes: [String] {
    switch self {
    case .instances: ["instances_"]
    case .keypoints: ["person_keypoints_"]
    case .captions: ["captions_"]
    case .stuff: ["stuff_"]
    case .panoptic: ["panoptic_"]
    case .video: []
    case .pictures: ["image_info_"]
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
