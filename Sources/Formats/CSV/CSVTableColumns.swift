import COCO

/// The columns that a table has beside TensorFlow's.
struct CSVTableColumns {
  let hasSplit: Bool
  /// Attributes that a field can hold, sorted.
  let attributes: [String]
  let hasCrowd: Bool

  init(_ datasets: [Dataset]) {
    hasSplit = datasets.count > 1 || datasets.contains { $0.split != nil }
    hasCrowd = datasets.contains { $0.annotations.contains { ($0.isCrowd ?? 0) != 0 } }
    attributes = Self.attributes(of: datasets)
  }

  /// Whether the attribute stands in a column.
  static func holds(_ member: JSONObject.Member) -> Bool {
    if case .string("") = member.value { return false }
    return member.value.isText && !isTaken(member.name)
  }

  private static func attributes(of datasets: [Dataset]) -> [String] {
    var names: Set<String> = []
    // Annotations mostly have the same attributes in the same order.
    var previous: [String] = []
    for dataset in datasets {
      for annotation in dataset.annotations {
        let members = annotation.attributes.members
        if members.count == previous.count,
          zip(members, previous).allSatisfy({ $0.name == $1 })
        {
          continue
        }
        let held = members.filter(holds)
        names.formUnion(held.map(\.name))
        previous = held.count == members.count ? held.map(\.name) : []
      }
    }
    return names.sorted()
  }

  /// Whether readers would take the column for something else than an attribute.
  private static func isTaken(_ name: String) -> Bool {
    if name.utf8.allSatisfy({ $0 >= UInt8(ascii: "a") }) { return taken.contains(name) }
    return taken.contains(String(name.lowercased().filter { !" \t_-.#".contains($0) }))
  }

  /// Without what writers of headers vary: letter case, blanks and `_`.
  private static let taken: Set<String> = [
    "", "filename", "width", "height", "class", "xmin", "ymin", "xmax", "ymax",
    "split", "subset", "set", "partition", "fold", "usage",
    "classid", "labelid", "categoryid", "classindex", "classnumber", "labelindex", "cls",
    "imagewidth", "imgwidth", "imagew", "imgw", "imwidth", "originalwidth",
    "imageheight", "imgheight", "imageh", "imgh", "imheight", "originalheight",
    "wkt", "polygonwkt", "geometry", "geom", "thegeom", "polygon", "polygons", "segmentation",
    "iscrowd", "crowd", "isgroupof", "groupof",
    "regionshapeattributes", "regionattributes", "regioncount", "regionid", "filesize",
  ]
}
