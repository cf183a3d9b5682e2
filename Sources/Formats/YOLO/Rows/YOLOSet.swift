import COCO
import Files

/// The properties that all label files of a set share.
struct YOLOSet: Sendable {
  let classes: YOLOClasses
  let keypoints: YOLOKeypoints?
  let sizer: PictureSizer
  /// The names and sizes of images known from elsewhere, by their paths without endings.
  let knownSizes: [String: KnownPicture]

  struct KnownPicture: Sendable {
    var name: String
    var size: ImageSize
  }

  init(names: [Int: String]?, keypoints: YOLOKeypoints?, _ options: ImportOptions) {
    classes = YOLOClasses(names)
    self.keypoints = keypoints
    sizer = PictureSizer(options)
    knownSizes = Dictionary(
      options.knownSizes.map {
        (Path.withoutExtension($0.key), KnownPicture(name: $0.key, size: $0.value))
      }, uniquingKeysWith: { $0.name < $1.name ? $0 : $1 })
  }

  /// Returns the known image whose name is the end of `path`, apart from its ending.
  func knownPicture(_ path: String) -> KnownPicture? {
    if knownSizes.isEmpty { return nil }
    var rest = Path.withoutExtension(path)[...]
    while true {
      if let known = knownSizes[String(rest)] { return known }
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      rest = rest[rest.index(after: slash)...]
    }
  }

  /// The possible contents of rows, as a phrase.
  var expectedFields: String {
    guard let pose else {
      return "5 numbers, 6 with a confidence, or a class and three or more points"
    }
    return "5 numbers, 6 with a confidence, or \(pose) with keypoints"
  }

  /// The number of fields of a row with keypoints; nil if the set has none.
  private var pose: Int? { keypoints.map { 5 + $0.count * $0.dimensions } }

  /// Returns the first surplus field of a row without known content; nil if it ends too early.
  func surplusField(of fields: Int) -> Int? {
    if let pose { return fields > pose ? pose : nil }
    return fields > 6 ? fields - 1 : nil
  }

  /// Returns the content of a row with this number of fields; nil if it is not known.
  func content(fields: Int) -> YOLOContent? {
    if fields == 5 { return .box }
    if fields == pose { return .pose }
    if fields == 6 { return .scoredBox }
    return pose == nil && fields >= 7 && !fields.isMultiple(of: 2) ? .polygon : nil
  }
}

/// The content of a row after its class.
enum YOLOContent: Sendable {
  case box, scoredBox, polygon, pose
}
