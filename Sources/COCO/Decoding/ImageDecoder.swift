import Files

/// A decoder of the elements of `images`.
struct ImageDecoder: JSONRecordDecoder {
  var records: RecordDecoder<Image>
  private let needsFileName: Bool
  /// The lists within an image that others read.
  private let lists: [StaticString]

  init(source: Int, needsFileName: Bool = true, lists: [StaticString] = []) {
    self.needsFileName = needsFileName
    self.lists = lists
    records = RecordDecoder(source: source, kind: .image)
  }

  mutating func record(_ element: JSONNode, base: Int) throws(RecordFault) -> Image {
    var image = try image(element, base: base)
    image.isChanged = records.hasRepaired
    if records.holdsControls, let origin = image.origin {
      records.batch.reported.leaveOut(.fileName, of: origin)
    }
    return image
  }

  private mutating func image(_ element: JSONNode, base: Int) throws(RecordFault) -> Image {
    guard element.kind == .object else {
      throw RecordFault(
        .malformedValue, "expected an image object, found \(element.excerpt)", element.offset)
    }
    var id: Int?
    var fileName: String?
    var image = Image(
      id: 0, fileName: "", width: 0, height: 0, origin: records.origin(base + element.offset))
    var failure: RecordFault?
    element.forEachMember { key, value in
      do throws(RecordFault) {
        if key.reads("id") {
          id = try records.id(value, as: .image, "id")
        } else if key.reads("file_name") {
          guard value.kind != .null else { return }
          guard let name = value.string else {
            throw RecordFault(
              .malformedValue, "file_name: expected text, found \(value.excerpt)", value.offset)
          }
          fileName = name
        } else if key.reads("width") {
          image.width = pixels(value, "width", base: base)
        } else if key.reads("height") {
          image.height = pixels(value, "height", base: base)
        } else if !lists.contains(where: { key.reads($0) }) {
          image.extra.members.append(records.member(key, value, base: base))
        }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    guard let id else { throw .missing("id", in: element) }
    if fileName == nil, let address = image.extra["coco_url"]?.string {
      fileName = Self.fileName(of: address)
      records.repair(COCOContents.addressRepair)
    }
    if fileName == nil, needsFileName { throw .missing("file_name", in: element) }
    image.id = id
    image.fileName = fileName ?? ""
    return image
  }

  /// Returns the last folder and the name of an address, as LVIS's own tools use them.
  private static func fileName(of address: String) -> String {
    let path = address.split(separator: "?", omittingEmptySubsequences: false)[0]
    let parts = path.split(separator: "/")
    let isAddress = path.includes("://")
    return parts.dropFirst(isAddress ? 2 : 0).suffix(2).joined(separator: "/")
  }

  /// Returns a size in whole pixels; 0, with a finding, if it is none.
  private mutating func pixels(_ node: JSONNode, _ name: String, base: Int) -> Int {
    if let integer = node.integer { return integer }
    if let number = node.number, let rounded = Int(exactly: number.rounded()) {
      records.find(
        .malformedValue, severity: .warning,
        "\(name): expected whole pixels, found \(node.raw), rounded",
        at: base + node.offset,
        fixes: records.manner.tellsRepairs
          ? [records.writing(String(rounded), for: node, isSafe: false)] : [])
      return rounded
    }
    // That there is none is told of the record.
    if node.kind == .null, records.manner.tellsRepairs { return 0 }
    if let whole = node.statedNumber.flatMap({ Int(exactly: $0) }) {
      records.repair(
        "size written as text or list read as a number", node, as: String(whole),
        .malformedValue, expected: "\(name): expected whole pixels")
      return whole
    }
    records.find(
      .malformedValue, "\(name): expected whole pixels, found \(node.excerpt)",
      at: base + node.offset)
    return 0
  }
}
