import Files

/// The task that the annotations of a COCO file serve.
public enum COCOTask: String, CaseIterable, Sendable {
  case instances
  case keypoints
  case captions
  case stuff
  case panoptic
  case video
  /// A file of images without annotations.
  case pictures

  /// Creates the task of a file's contents, instances if any object can be read; nil for a file
  /// without annotations.
  public init?(_ contents: COCOContents) {
    let records = contents.rejections.filter { $0.kind == .annotation }
    func holds(_ key: String) -> Bool {
      contents.dataset.annotations.first?.extra[key] != nil
        || records.first?.record.includes("\"\(key)\"") ?? false
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

  /// Returns the finding of a file whose annotations are no objects on images; nil for instances,
  /// and for captions, which are kept as they are.
  public func finding(of contents: COCOContents, source: Int) -> Finding? {
    let first =
      contents.dataset.annotations.first?.origin
      ?? contents.rejections.first { $0.kind == .annotation }?.finding.origin
    let place = first ?? Origin(file: source, offset: 0)
    switch self {
    case .panoptic:
      return Finding(
        .notInstances,
        "expected objects, found panoptic segmentation (\"segments_info\"), whose objects are in "
          + "PNG files beside it", at: place)
    case .video:
      return Finding(
        .notInstances,
        "expected objects on images, found those of videos, which have boxes for each frame",
        at: place)
    case .instances, .keypoints, .captions, .stuff, .pictures: return nil
    }
  }
}
