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

  /// A column's name without what writers vary: letter case, blanks, `_`, `-`, `.`, `#`.
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
