import COCO

/// A writer of an image with its objects as Pascal VOC's XML.
///
/// It writes no XML declaration, as in VOC: `lxml` refuses one in text that is already a string.
struct VOCWriter {
  /// The categories' names by number, escaped.
  let names: [String]
  let numbers: VOCBoxNumbers

  /// Returns the XML of an image whose file has this name below `JPEGImages`.
  func document(
    _ image: Image, called fileName: String, _ objects: ArraySlice<WrittenObjects.Object>,
    _ annotations: [Annotation], losses: inout LossCounts
  ) -> [UInt8] {
    var output = TextOutput(capacity: 512 + 640 * objects.count)
    output.raw("<annotation>\n")
    append(image, called: fileName, to: &output, losses: &losses)
    for object in objects {
      output.raw("\t<object>\n\t\t<name>")
      output.append(verbatim: names[object.category])
      output.raw("</name>\n")
      append(
        annotations[object.annotation], box: object.box, on: image, to: &output, losses: &losses)
      output.raw("\t</object>\n")
    }
    output.raw("</annotation>\n")
    return output.bytes
  }

  private func append(
    _ image: Image, called fileName: String, to output: inout TextOutput, losses: inout LossCounts
  ) {
    let own = image.extra
    var isWhole = output.append(
      element: "folder", own["folder"] ?? "JPEGImages", indent: "\t", losses: &losses)
    output.raw("\t<filename>")
    output.append(xml: fileName, losses: &losses)
    output.raw("</filename>\n")
    let depth = Self.depth(of: image)
    for member in own.members where member.name != "folder" && member.name != "segmented" {
      if depth != nil, member.name == "depth" { continue }
      let isTaken = Self.fieldsOfPictures.contains(member.name)
      if isTaken
        || !output.append(element: member.name, member.value, indent: "\t", losses: &losses)
      {
        isWhole = false
      }
    }
    output.raw("\t<size>\n\t\t<width>")
    output.append(image.width)
    output.raw("</width>\n\t\t<height>")
    output.append(image.height)
    output.raw("</height>\n\t\t<depth>")
    output.append(depth ?? 3)
    output.raw("</depth>\n\t</size>\n")
    if !output.append(element: "segmented", own["segmented"] ?? 0, indent: "\t", losses: &losses) {
      isWhole = false
    }
    if !isWhole { losses.add(.pictureExtras) }
  }

  /// Returns the number of channels, which importers keep if it is not 3.
  private static func depth(of image: Image) -> Int? {
    guard case .integer(let depth)? = image.extra["depth"] else { return nil }
    return depth
  }

  private func append(
    _ annotation: Annotation, box: Box, on image: Image, to output: inout TextOutput,
    losses: inout LossCounts
  ) {
    appendAttributes(of: annotation, to: &output, losses: &losses)
    let meant = numbers.meant(box)
    if meant != box { losses.add(.roundedBoxes) }
    let box = meant
    output.raw("\t\t<bndbox>\n\t\t\t<xmin>")
    output.append(numbers.least(box.x0))
    output.raw("</xmin>\n\t\t\t<ymin>")
    output.append(numbers.least(box.y0))
    output.raw("</ymin>\n\t\t\t<xmax>")
    output.append(box.writtenX1)
    output.raw("</xmax>\n\t\t\t<ymax>")
    output.append(box.writtenY1)
    output.raw("</ymax>\n\t\t</bndbox>\n")
    var area = box.area
    if let polygons = annotation.onlyRing {
      append(polygons, to: &output)
      area = polygons.area(on: image) ?? area
    } else {
      losses.addOutline(of: annotation, ringsAreWritten: true)
    }
    if annotation.isCrowd == 1 { losses.add(.crowds) }
    if annotation.keypoints != nil { losses.add(.keypoints) }
    losses.add(annotation, area: area)
  }

  /// Appends what parsers expect of an object, then its attributes in their own order.
  private func appendAttributes(
    of annotation: Annotation, to output: inout TextOutput, losses: inout LossCounts
  ) {
    let members = annotation.attributes.members
    if !members.contains(where: { $0.name == "pose" }) {
      output.raw("\t\t<pose>Unspecified</pose>\n")
    }
    if !members.contains(where: { $0.name == "truncated" }) {
      output.raw("\t\t<truncated>0</truncated>\n")
    }
    if !members.contains(where: { $0.name == "difficult" }) {
      output.raw("\t\t<difficult>0</difficult>\n")
    }
    var isWhole = true
    for member in members {
      var value = member.value
      if case .bool(let flag) = value, Self.flags.contains(member.name) { value = flag ? 1 : 0 }
      let isTaken = Self.fieldsOfObjects.contains(member.name)
      if isTaken || !output.append(element: member.name, value, indent: "\t\t", losses: &losses) {
        isWhole = false
      }
    }
    if !isWhole { losses.add(.attributes) }
  }

  /// The attributes that parsers read as whole numbers.
  private static let flags = ["truncated", "difficult", "occluded"]
  /// The names that readers would not treat as attributes.
  private static let fieldsOfObjects = ["name", "bndbox", "polygon"]
  private static let fieldsOfPictures = ["filename", "size", "object"]

  /// Appends the corners as LabelImg and Roboflow write them: `<x1>`, `<y1>`, `<x2>` …
  private func append(_ polygons: Polygons, to output: inout TextOutput) {
    output.raw("\t\t<polygon>\n")
    polygons.forEachRing { ring in
      for (index, coordinate) in ring.enumerated() {
        let corner = index / 2 + 1
        let isX = index.isMultiple(of: 2)
        output.raw(isX ? "\t\t\t<x" : "\t\t\t<y")
        output.append(corner)
        output.raw(">")
        output.append(coordinate)
        output.raw(isX ? "</x" : "</y")
        output.append(corner)
        output.raw(">\n")
      }
    }
    output.raw("\t\t</polygon>\n")
  }
}

/// The numbers that VOC has for a box.
struct VOCBoxNumbers {
  private let pixels: ImportOptions.VOCPixels
  private let areWhole: Bool

  init(_ options: ExportOptions) {
    pixels = options.vocPixels
    areWhole = options.vocIsWhole
  }

  /// Returns the box as written: if numbers must be whole, with each edge at the nearest whole
  /// pixel, at most half a pixel off. A box that would become empty gets the pixel that holds its
  /// middle, and an empty box remains empty.
  func meant(_ box: Box) -> Box {
    guard areWhole, !box.isInverted else { return box }
    let (x0, x1) = Self.whole(box.x0, box.writtenX1)
    let (y0, y1) = Self.whole(box.y0, box.writtenY1)
    return Box(x0: x0, y0: y0, x1: x1, y1: y1)
  }

  /// Returns the number for the left or upper edge, from which reading gives the edge again. The
  /// number for the right or lower one is the edge itself, since the last pixel belongs to the box.
  func least(_ edge: Double) -> Double {
    switch pixels {
    case .asWritten: edge
    case .oneBased: Box.edge(from: 1, extent: edge)
    }
  }

  private static func whole(_ start: Double, _ end: Double) -> (Double, Double) {
    let nearest = (rounded(start), rounded(end))
    if nearest.0 < nearest.1 || start >= end { return nearest }
    let pixel = ((start + end) / 2).rounded(.down)
    return (pixel, pixel + 1)
  }

  /// Returns an edge rounded with halves upwards, also below 0, so that boxes of whole sizes keep
  /// them.
  private static func rounded(_ edge: Double) -> Double {
    (edge + 0.5).rounded(.down)
  }
}
