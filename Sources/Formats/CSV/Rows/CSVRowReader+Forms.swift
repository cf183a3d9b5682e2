import COCO

/// The forms of boxes that need more than four numbers in four columns.
extension CSVRowReader {
  /// Reads a column of `[x, y, width, height]`, of a list of such, or of a list of objects.
  mutating func readList(_ column: Int) throws(CSVFault) {
    guard column < scanner.fields.count else { throw missing(column) }
    guard let text = string(column) else { throw notUTF8(column) }
    if Self.noBox.contains(text.lowercased()) { return }
    if text.contains("{"), let objects = CSVCellObjects.objects(in: text, json) {
      for object in objects { try readObject(object, column) }
      return
    }
    guard let lists = NumberLists(text)?.lists, !lists.isEmpty else {
      throw malformed(column, "[x, y, width, height]")
    }
    let label = try labelIndex()
    try readExtra()
    if let outline = columns.outline, lists.count == 1 { try readOutline(outline) }
    let index = addExtra()
    for list in lists {
      guard list.count == 4 else {
        reject(
          CSVFault(
            .malformedValue,
            "\(columns.names[column]): expected 4 numbers, found \(list.count)",
            start(of: column)))
        continue
      }
      append(
        CSVRow(
          first: list[0], second: list[1], third: list[2], fourth: list[3], offset: rowStart,
          picture: picture, label: label, extra: index))
    }
  }

  /// Reads one object of a cell; one that is no box is rejected alone.
  private mutating func readObject(_ members: JSONObject, _ column: Int) throws(CSVFault) {
    guard let object = CSVCellObject(members) else {
      let names = members.members.map(\.name).joined(separator: ", ")
      return reject(
        CSVFault(
          .malformedValue,
          "\(columns.names[column]): expected objects with a box, found one with "
            + (names.isEmpty ? "nothing" : names), start(of: column)))
    }
    let label =
      if let name = object.label, columns.label == nil || columns.label == column {
        labelIndex(of: name, padded: nil)
      } else {
        try labelIndex()
      }
    try readExtra()
    extra.template.attributes.members += object.attributes.members
    if !object.ring.isEmpty { extra.rings = [object.ring] }
    if let (width, height) = object.size {
      piece.pictures[Int(picture)].note(
        CSVPicture.Size(width: width, height: height, offset: start(of: column)))
    }
    var box = object.extent
    if columns.numbers == .corners { (box[2], box[3]) = (box[0] + box[2], box[1] + box[3]) }
    append(
      CSVRow(
        first: box[0], second: box[1], third: box[2], fourth: box[3], offset: rowStart,
        picture: picture, label: label, extra: addExtra()))
  }

  /// Reads the corners of an outline, and takes the box around them. Two are opposite corners of a
  /// box; those that go around a box are no outline of their own.
  mutating func readPoints(_ columns: [Int]) throws(CSVFault) {
    var ring: [Double] = []
    for pair in stride(from: 0, to: columns.count, by: 2) {
      let (x, y) = (columns[pair], columns[pair + 1])
      if isEmpty(x), isEmpty(y) { continue }
      ring += [try number(x), try number(y)]
    }
    guard ring.count != 2, let extent = Polygons([ring]).extent else {
      throw missing(columns[2])
    }
    let label = try labelIndex()
    try readExtra()
    if ring.count > 4, !Self.isBox(ring, extent) { extra.rings = [ring] }
    append(
      CSVRow(
        first: extent.x, second: extent.y, third: extent.x1, fourth: extent.y1, offset: rowStart,
        picture: picture, label: label, extra: addExtra()))
  }

  private static func isBox(_ ring: [Double], _ box: Box) -> Bool {
    ring.count == 8
      && stride(from: 0, to: 8, by: 2).allSatisfy {
        (ring[$0] == box.x || ring[$0] == box.x1)
          && (ring[$0 + 1] == box.y || ring[$0 + 1] == box.y1)
      }
  }

  /// Reads an outline that stands beside a box.
  mutating func readOutline(_ column: Int) throws(CSVFault) {
    guard !isEmpty(column) else { return }
    guard let text = string(column) else { throw notUTF8(column) }
    guard WellKnownText.isLikely(text) else {
      guard let rings = NumberLists(text)?.rings else { throw malformed(column, "a polygon") }
      for ring in rings where ring.count < 6 || !ring.count.isMultiple(of: 2) {
        throw CSVFault(
          .malformedValue,
          "\(columns.names[column]): expected x and y of at least 3 corners, "
            + "found \(ring.count) numbers", start(of: column))
      }
      extra.rings = rings
      return
    }
    do throws(WellKnownTextFault) {
      let outline = try WellKnownText(text)
      extra.rings = outline.rings
      // COCO's polygons have no holes.
      extra.template.isChanged = outline.holes > 0
    } catch {
      throw CSVFault(
        .malformedValue, "\(columns.names[column]): \(error.message)", start(of: column))
    }
  }

  /// Reads an outline and takes the box around it.
  mutating func readOutlineAsBox(_ column: Int) throws(CSVFault) {
    guard column < scanner.fields.count else { throw missing(column) }
    if Self.noBox.contains(string(column)?.lowercased() ?? "") { return }
    try readExtra()
    try readOutline(column)
    guard let extent = Polygons(extra.rings).extent else { return }
    append(row(extent, label: try labelIndex()))
  }

  /// Reads a region of VIA.
  mutating func readRegion(_ shape: Int, _ properties: Int?) throws(CSVFault) {
    guard shape < scanner.fields.count else { throw missing(shape) }
    let members = try object(shape)
    if members.isEmpty { return }
    let region: VIARegion
    do throws(WellKnownTextFault) {
      region = try VIARegion(members)
    } catch {
      throw CSVFault(
        .malformedValue, "\(columns.names[shape]): \(error.message)", start(of: shape))
    }
    var named = JSONObject()
    if let properties { named = try object(properties) }
    let described = VIAProperties(named, chosen: columns.classProperty)
    let label = try label(described, properties ?? shape)
    try readExtra()
    var attributes = described.attributes
    attributes.members += extra.template.attributes.members
    if let name = region.shape { attributes["shape"] = .string(name) }
    extra.template.attributes = attributes
    if !region.ring.isEmpty { extra.rings = [region.ring] }
    append(row(region.box, label: label))
  }

  private mutating func label(
    _ properties: VIAProperties, _ column: Int
  ) throws(CSVFault) -> Int32 {
    if columns.label != nil { return try labelIndex() }
    if let name = properties.label ?? defaultLabel {
      return labelIndex(of: name, padded: nil)
    }
    let advice =
      properties.attributes.isEmpty
      ? "--categories NAME gives it one" : "--csv-columns class=NAME selects it"
    throw CSVFault(
      .missingField, "\(columns.names[column]): the region names no class; \(advice)",
      start(of: column))
  }

  private mutating func row(_ box: Box, label: Int32) -> CSVRow {
    CSVRow(
      first: box.x, second: box.y, third: box.width, fourth: box.height, offset: rowStart,
      picture: picture, label: label, extra: addExtra())
  }

  /// Returns a column's JSON object; empty if the field is.
  private func object(_ column: Int) throws(CSVFault) -> JSONObject {
    if isEmpty(column) { return [:] }
    guard let text = string(column), case .object(let object)? = json.value(text) else {
      throw malformed(column, "a JSON object")
    }
    return object
  }
}
