/// Which column of a table holds what.
struct CSVColumns: Sendable {
  /// How the four numbers of a box are meant.
  enum Numbers: Sendable {
    /// Left, top, right, bottom.
    case corners
    /// Left, top, width, height.
    case extent
    /// The centre, width, height.
    case centre
  }

  /// Where the box stands.
  enum Form: Sendable, Equatable {
    /// In four columns.
    case columns(Int, Int, Int, Int)
    /// In one column, `[x, y, width, height]` or a list of such.
    case list(Int)
    /// In VIA's JSON: the shape's column and that of the region's attributes.
    case regions(Int, Int?)
    /// Around an outline.
    case outline(Int)
  }

  /// The columns' names in the file, `column 1` … where it has no header.
  var names: [String]
  var hasHeader = true
  var numbers = Numbers.corners
  var form: Form
  var image: Int
  var label: Int?
  /// The class's number, where its name has a column too.
  var labelID: Int?
  var split: Int?
  var width: Int?
  var height: Int?
  /// An outline beside the box.
  var outline: Int?
  var crowd: Int?
  var difficult: Int?
  /// Columns that become attributes, with the attributes' names.
  var kept: [(column: Int, name: String)] = []
  /// The attribute of VIA's regions that holds the class, where the user names it.
  var classProperty: String?
  /// Whether the names alone show that this is a table of boxes.
  var isCertain = true
  /// In words, as in `TensorFlow's columns`.
  var kind = "columns"

  var count: Int { names.count }

  /// The columns that say more of an object than its picture, class, box and outline.
  var remarks: [Int] {
    [crowd, difficult].compactMap { $0 } + kept.map(\.column)
  }

  /// What a sound row is like.
  var shape: CSVRowScanner.Shape {
    var unbroken: Set<Int> = [image]
    for column in [label, labelID, split, width, height] {
      if let column { unbroken.insert(column) }
    }
    if case .columns(let first, let second, let third, let fourth) = form {
      unbroken.formUnion([first, second, third, fourth])
    }
    return CSVRowScanner.Shape(count: count, unbroken: unbroken)
  }

  static let openImages = "OpenImages' columns"

  /// keras-retinanet's columns, which have no header.
  static let retinaNet: CSVColumns = {
    let names = ["path", "x1", "y1", "x2", "y2", "class"]
    var columns = CSVColumns(names: names, form: .columns(1, 2, 3, 4), image: 0, label: 5)
    columns.hasHeader = false
    columns.kind = "RetinaNet's rows of path,x1,y1,x2,y2,class"
    return columns
  }()
}

/// What a column can hold; the names are those that `--csv-columns` takes.
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

  /// The names that columns of this role go by, likeliest first, as `plain` gives them.
  var synonyms: [String] {
    switch self {
    case .image:
      [
        "filename", "imagefilename", "imagefile", "imagename", "imagepath", "filepath", "path",
        "image", "img", "imgname", "imgpath", "imgfile", "imgfilename", "file", "imageid", "imgid",
        "picture", "photo", "frame", "externalid", "imageurl", "uri",
      ]
    case .class:
      [
        "classname", "labelname", "categoryname", "class", "label", "category", "celltype",
        "labels", "classlabel", "objectclass", "objectname", "classes",
      ]
    case .classID:
      ["classid", "labelid", "categoryid", "classindex", "classnumber", "labelindex", "cls"]
    case .split: ["split", "subset", "set", "partition"]
    case .xmin: ["xmin", "x1", "left", "xtl", "minx", "xstart", "xlow", "startx", "xleft", "x0"]
    case .ymin: ["ymin", "y1", "top", "ytl", "miny", "ystart", "ylow", "starty", "ytop", "y0"]
    case .xmax: ["xmax", "x2", "right", "xbr", "maxx", "xend", "xhigh", "endx", "xright"]
    case .ymax: ["ymax", "y2", "bottom", "ybr", "maxy", "yend", "yhigh", "endy", "ybottom"]
    case .x: ["x", "xcoord", "xpos"]
    case .y: ["y", "ycoord", "ypos"]
    case .w: ["w", "boxwidth", "bboxwidth", "bboxw", "boxw", "bw", "widthbox"]
    case .h: ["h", "boxheight", "bboxheight", "bboxh", "boxh", "bh", "heightbox"]
    case .cx: ["cx", "xcenter", "xcentre", "centerx", "centrex", "xc", "xmid", "midx"]
    case .cy: ["cy", "ycenter", "ycentre", "centery", "centrey", "yc", "ymid", "midy"]
    case .width: ["imagewidth", "imgwidth", "imgw", "imagew", "imwidth", "originalwidth"]
    case .height: ["imageheight", "imgheight", "imgh", "imageh", "imheight", "originalheight"]
    case .bbox: ["bbox", "box", "boundingbox", "bboxes", "boxes", "boundingboxes", "bndbox"]
    case .polygon:
      ["wkt", "polygonwkt", "geometry", "geom", "thegeom", "polygon", "polygons", "segmentation"]
    case .confidence: ["confidence", "score", "conf", "probability"]
    case .difficult: ["difficult", "isdifficult"]
    case .truncated: ["truncated", "istruncated"]
    case .occluded: ["occluded", "isoccluded"]
    case .pose: ["pose"]
    case .crowd: ["iscrowd", "crowd", "isgroupof", "groupof"]
    case .shape: ["regionshapeattributes"]
    case .properties: ["regionattributes"]
    }
  }

  /// Names that mean this role only where no better column was found.
  var weakSynonyms: [String] {
    switch self {
    case .image: ["name", "id", "url"]
    case .class: ["name", "type", "object", "target", "species"]
    default: []
    }
  }

  /// What columns of boxes may begin with: `bbox_x1` is `x1`.
  static let prefixes = ["bbox", "boundingbox", "bndbox", "box", "rect"]

  /// Whether the column is part of a box.
  var isCoordinate: Bool {
    switch self {
    case .xmin, .ymin, .xmax, .ymax, .x, .y, .w, .h, .cx, .cy: true
    default: false
    }
  }

  /// Columns that say what the records themselves show, or nothing of the picture.
  static let bookkeeping: Set<String> = ["filesize", "regioncount", "regionid", ""]
}
