/// A decoder of the elements of `annotations`.
struct AnnotationDecoder: JSONRecordDecoder {
  /// The id of an annotation that has none, until the whole file has been read.
  static let unnumbered = Int.min

  var records: RecordDecoder<Annotation>
  private var attributes = KnownAttributes()
  private var expected: Range<Int>?
  /// The id of the image that the record stands with, which it need not name then.
  var owner: JSONNode?
  /// Whether the current record has an id, and an image id.
  private var (hasID, hasImageID) = (false, false)
  /// The reason why the current record's outline cannot be read.
  var brokenOutline: RecordFault?
  /// The number of records from which the space for the others is estimated.
  private static let sampleSize = 128

  init(source: Int) {
    records = RecordDecoder(source: source, kind: .annotation)
  }

  mutating func expect(_ stretch: Range<Int>) {
    expected = stretch
  }

  /// Reserves room for all further records, estimated from the first ones: growing would copy them
  /// again and again.
  private mutating func makeRoom(at offset: Int) {
    guard records.batch.records.count == Self.sampleSize, let stretch = expected else { return }
    expected = nil
    let scale = Double(stretch.count) / Double(max(offset - stretch.lowerBound, 1))
    records.batch.records.reservePages(Int(Double(Self.sampleSize) * scale))
    records.batch.outlines.makeRoom(scale)
  }

  mutating func record(_ element: JSONNode, base: Int) throws(RecordFault) -> Annotation {
    makeRoom(at: base + element.offset)
    do throws(RecordFault) {
      var annotation = try annotation(element, base: base)
      annotation.isChanged = records.hasRepaired
      return annotation
    } catch {
      records.batch.outlines.forget(records.batch.records.count)
      throw error
    }
  }

  private mutating func annotation(
    _ element: JSONNode, base: Int
  ) throws(RecordFault) -> Annotation {
    guard element.kind == .object else {
      throw RecordFault(
        .malformedValue, "expected an annotation object, found \(element.excerpt)", element.offset)
    }
    var annotation = Annotation(
      id: 0, imageID: 0, categoryID: nil, isCrowd: nil,
      origin: records.origin(base + element.offset))
    hasID = false
    hasImageID = false
    var failure: RecordFault?
    brokenOutline = nil
    element.forEachMember { key, value in
      do throws(RecordFault) {
        try member(key, value, of: &annotation, base: base)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    if let brokenOutline {
      // Without a box there is nothing left of the object.
      guard annotation.box != nil else { throw brokenOutline }
      records.leaveOut(.segmentation, brokenOutline, of: annotation.origin)
    }
    if !hasImageID {
      guard let owner else { throw .missing("image_id", in: element) }
      annotation.imageID = try records.id(ofOwner: owner)
    }
    if !hasID {
      annotation.id = Self.unnumbered
      records.repair(IDRepair.missing)
      records.batch.lacksIDs = true
    }
    return annotation
  }

  private mutating func member(
    _ key: JSONNode, _ value: JSONNode, of annotation: inout Annotation, base: Int
  ) throws(RecordFault) {
    // Told apart by length first: this runs for every member of every annotation.
    switch key.bytes.count {
    case 2 where key.reads("id"):
      annotation.id = try records.id(value, as: .annotation, "id")
      hasID = true
    case 4 where key.reads("bbox"):
      annotation.box = try box(value)
    case 4 where key.reads("area"):
      annotation.area = value.number ?? area(value, of: annotation.origin)
    case 7 where key.reads("iscrowd"):
      annotation.isCrowd = value.integer ?? crowd(value, of: annotation.origin)
    case 8 where key.reads("image_id"):
      annotation.imageID = try records.id(value, as: .image, "image_id")
      hasImageID = true
    case 9 where key.reads("keypoints") && value.kind != .null:
      annotation.keypoints = keypoints(value, of: annotation.origin)
    case 10 where key.reads("attributes") && value.kind == .object && value.hasElements:
      annotation.share(attributes(value, base: base))
    case 11 where key.reads("category_id"):
      annotation.categoryID = try records.id(value, as: .category, "category_id")
    case 12 where key.reads("segmentation") && value.kind != .null:
      annotation.segmentation = outline(value)
    default:
      annotation.extra.members.append(records.member(key, value, base: base))
    }
  }

  /// Returns the attributes, which are not cached if their text is not JSON, since each such text
  /// is reported.
  private mutating func attributes(
    _ node: JSONNode, base: Int
  ) -> Annotation.SharedAttributes {
    if node.firstFault != nil { return .init(records.object(node, base: base)) }
    return attributes.attributes(node.rawBytes) { JSONObject(node) }
  }

  private mutating func box(_ node: JSONNode) throws(RecordFault) -> Box? {
    if node.kind == .null { return nil }
    if let hundredths = node.hundredths, hundredths.count == 4 { return Box(hundredths) }
    do throws(RecordFault) {
      return try plainBox(node)
    } catch {
      guard let box = node.statedBox else { throw error }
      records.repair(
        "bbox written in another way read", node,
        as: [box.x, box.y, box.width, box.height].listText, .malformedValue, severity: .warning,
        expected: "bbox: expected a list of 4 numbers")
      return box
    }
  }

  private func plainBox(_ node: JSONNode) throws(RecordFault) -> Box? {
    guard node.kind == .array else {
      throw RecordFault(
        .malformedValue, "bbox: expected 4 numbers, found \(node.excerpt)", node.offset)
    }
    var box = Box(x: .nan, y: .nan, width: .nan, height: .nan)
    var count = 0
    var failure: RecordFault?
    node.forEachElement { element in
      do throws(RecordFault) {
        let value = try number(element, "bbox") ?? .nan
        switch count {
        case 0: box.x = value
        case 1: box.y = value
        case 2: box.width = value
        default: box.height = value
        }
        count += 1
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    if count == 0 { return nil }
    guard count == 4 else {
      throw RecordFault(.malformedValue, "bbox: expected 4 numbers, found \(count)", node.offset)
    }
    return box
  }

  func number(_ node: JSONNode, _ name: String) throws(RecordFault) -> Double? {
    if let number = node.lenientNumber { return number }
    if node.kind == .null { return nil }
    throw RecordFault(
      .malformedValue, "\(name): expected a number, found \(node.excerpt)", node.offset)
  }
}

extension Box {
  /// The box whose x, y, width and height these are, in hundredths of a pixel.
  fileprivate init(_ hundredths: UnsafeBufferPointer<Int32>) {
    self.init(
      x: Double(hundredths[0]) / 100, y: Double(hundredths[1]) / 100,
      width: Double(hundredths[2]) / 100, height: Double(hundredths[3]) / 100)
  }
}
