import COCO
import Files

/// The names of COCO's own files, of which there are several for the same images.
extension COCOTask {
  /// The beginnings of the names of COCO's own files of the task.
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

  /// Returns the task named by a file's name, with the rest of the name, which is the split's; nil
  /// if it names none.
  static func named(in path: String) -> (task: COCOTask, split: String)? {
    let stem = Path.withoutExtension(Path.name(of: path))
    for task in allCases {
      for prefix in task.prefixes where stem.hasPrefix(prefix) {
        return (task, String(stem.dropFirst(prefix.count)))
      }
    }
    return nil
  }

  /// The content of files of the task, as a phrase.
  fileprivate var content: String {
    switch self {
    case .instances, .keypoints, .captions, .stuff: rawValue
    case .panoptic: "panoptic segmentation"
    case .video: "videos"
    case .pictures: "no annotations"
    }
  }
}

/// The files of a set, grouped by images: COCO's own folder has files of several tasks for each
/// split.
struct COCOFileGroups {
  /// The files for the same images, in the order of their tasks.
  struct Group {
    var paths: [String]
    /// The folder that the user named, if the files are in one.
    var root: String?
  }

  private(set) var groups: [Group] = []
  private var left: [(task: COCOTask, name: String)] = []
  private var places: [String: Int] = [:]

  /// Adds the files of a folder that are of `tasks`; if no tasks are requested, of those for the
  /// same images only the file of the first task.
  mutating func add(_ files: [String], in folder: String, of tasks: [COCOTask]?) {
    var best: [String: COCOTask] = [:]
    for path in files {
      guard let (task, _) = COCOTask.named(in: path) else { continue }
      let key = Self.key(of: path)
      if let known = best[key], known.rank <= task.rank { continue }
      best[key] = task
    }
    for path in files {
      guard let (task, _) = COCOTask.named(in: path) else {
        add(path, below: folder)
        continue
      }
      if tasks?.contains(task) ?? (best[Self.key(of: path)] == task) {
        add(path, below: folder)
      } else {
        left.append((task, Path.name(of: path)))
      }
    }
  }

  /// Adds a file. Files for the same images form one group, the file of the first task first.
  mutating func add(_ path: String, below root: String? = nil) {
    guard let (task, _) = COCOTask.named(in: path) else {
      groups.append(Group(paths: [path], root: root))
      return
    }
    guard let place = places[Self.key(of: path)] else {
      places[Self.key(of: path)] = groups.count
      groups.append(Group(paths: [path], root: root))
      return
    }
    let index =
      groups[place].paths.firstIndex {
        COCOTask.named(in: $0).map { $0.task.rank > task.rank } ?? false
      } ?? groups[place].paths.count
    groups[place].paths.insert(path, at: index)
  }

  /// The sentence on files that are not read; nil if all are.
  var note: String? {
    let parts = COCOTask.allCases.compactMap { task -> String? in
      let names = left.filter { $0.task == task }.map(\.name)
      guard !names.isEmpty else { return nil }
      let has = "\(names.joined(separator: ", ")) \(names.count == 1 ? "has" : "have")"
      switch task {
      case .instances, .keypoints, .captions, .stuff:
        let them = task == .stuff ? "it" : "them"
        return "\(has) \(task.content) (--task \(task.rawValue) reads \(them))"
      case .panoptic: return "\(has) \(task.content), whose objects in PNG files are not read"
      case .video, .pictures: return "\(has) \(task.content)"
      }
    }
    return parts.isEmpty ? nil : "left unread: \(parts.joined(separator: "; "))"
  }

  /// Returns the key that files for the same images share.
  private static func key(of path: String) -> String {
    Path.join(Path.folder(of: path), COCOTask.named(in: path)?.split ?? path)
  }
}

extension COCOTask {
  /// The rank of the task; the first one is read if no other is requested.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
