/// The role of a column; the names are those that `--csv-columns` takes.
enum CSVRole: String, Sendable, CaseIterable {
  case image, `class`
  case classID = "class_id"
  case split
  case xmin, ymin, xmax, ymax
  case x, y, w, h, cx, cy
  case width, height
  case bbox, polygon
  case confidence, difficult, truncated, occluded, pose, crowd
  case shape, properties

  /// The role called `word`, letter case, blanks and underscores apart.
  init?(word: String) {
    let plain = Self.plain(word)
    guard let role = Self.allCases.first(where: { Self.plain($0.rawValue) == plain }) else {
      return nil
    }
    self = role
  }

  /// Returns a column's name without what writers vary: letter case, blanks, `_`, `-`, `.`, `#`.
  static func plain(_ name: String) -> String {
    String(name.lowercased().filter { !" \t_-.#\u{FEFF}".contains($0) })
  }

  /// Creates the role of a column with a well-known name; nil for names whose words have to decide.
  init?(plainName: String) {
    guard let role = Self.byPlainName[plainName] else { return nil }
    self = role
  }

  private static let byPlainName: [String: CSVRole] = {
    let names: [(CSVRole, String)] = [
      (
        .polygon,
        "wkt polygonwkt geometry geom thegeom polygon polygons segmentation outline contour"
      ),
      (.confidence, "confidence score conf probability prob"),
      (.difficult, "difficult isdifficult"),
      (.truncated, "truncated istruncated"), (.occluded, "occluded isoccluded"), (.pose, "pose"),
      (.crowd, "iscrowd crowd isgroupof groupof"), (.shape, "regionshapeattributes"),
      (.properties, "regionattributes"), (.split, "set mluse"),
    ]
    var roles: [String: CSVRole] = [:]
    for (role, words) in names {
      for word in words.split(separator: " ") { roles[String(word)] = role }
    }
    return roles
  }()

  /// The columns that only repeat what the records show, or concern no image.
  static let bookkeeping: Set<String> = ["filesize", "regioncount", "regionid", ""]

  /// Whether the column is one of a box's numbers.
  var isCoordinate: Bool {
    switch self {
    case .xmin, .ymin, .xmax, .ymax, .x, .y, .w, .h, .cx, .cy: true
    default: false
    }
  }
}
