import COCO

extension CSVRowReader {
  /// What programs write into the box of a picture that has none.
  private static let noBox: Set<String> = [
    "", "[]", "[[]]", "{}", "none", "nan", "null", "nobox", "no_box", "no box",
  ]

  /// Reads a column of `[x, y, width, height]` or of a list of such.
  mutating func readList(_ column: Int) throws(CSVFault) {
    guard column < scanner.fields.count else { throw missing(column) }
    guard let text = string(column) else { throw notUTF8(column) }
    if Self.noBox.contains(text.lowercased()) { return }
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
    do throws(WellKnownText.Fault) {
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
    do throws(VIARegion.Fault) {
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
      return labelIndex(of: name, isPadded: false)
    }
    let advice =
      properties.attributes.isEmpty
      ? "--categories NAME gives it one" : "--csv-columns class=NAME says which of them it is"
    throw CSVFault(
      .missingField, "\(columns.names[column]): the region names no class; \(advice)",
      start(of: column))
  }

  private mutating func row(_ box: Box, label: Int32) -> CSVRow {
    CSVRow(
      first: box.x, second: box.y, third: box.width, fourth: box.height, offset: rowStart,
      picture: picture, label: label, extra: addExtra())
  }

  /// A column's JSON object; empty where nothing stands there.
  private func object(_ column: Int) throws(CSVFault) -> JSONObject {
    if isEmpty(column) { return [:] }
    guard let text = string(column), case .object(let object)? = json.value(text) else {
      throw malformed(column, "a JSON object")
    }
    return object
  }
}
