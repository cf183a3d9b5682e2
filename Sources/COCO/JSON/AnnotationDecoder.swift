/// Reads the elements of `annotations`.
struct AnnotationDecoder: JSONElementDecoder {
  /// Stands for the id of an annotation that has none, until the file has been read.
  static let unnumbered = Int.min

  private var records: RecordDecoder<Annotation>
  private var outlines = SegmentationDecoder()

  init(source: Int) {
    records = RecordDecoder(source: source, kind: .annotation)
  }

  mutating func decode(_ element: JSONNode, base: Int) {
    records.meet()
    do throws(RecordFault) {
      var annotation = try annotation(element, base: base)
      annotation.isChanged = records.hasRepaired
      records.batch.records.append(annotation)
    } catch {
      let index = records.batch.records.count
      outlines.forget(index)
      records.batch.namedIDs.removeAll { $0.index == index }
      records.reject(error, element, base: base)
    }
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    records.reject(raw, at: offset, reason: reason)
  }

  consuming func finish() -> RecordBatch<Annotation> {
    outlines.place(in: &records.batch.records)
    return records.batch
  }

  private mutating func annotation(
    _ element: JSONNode, base: Int
  ) throws(RecordFault) -> Annotation {
    guard element.kind == .object else {
      throw RecordFault(
        "malformed-value", "expected an annotation object, found \(element.raw)", element.offset)
    }
    var annotation = Annotation(
      id: Self.unnumbered, imageID: Self.unnumbered, categoryID: nil, isCrowd: nil,
      origin: records.origin(base + element.offset))
    var failure: RecordFault?
    element.forEachMember { key, value in
      do throws(RecordFault) {
        try member(key, value, of: &annotation)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    if annotation.imageID == Self.unnumbered { throw .missing("image_id", in: element) }
    if annotation.id == Self.unnumbered { records.repair("annotation without id given one") }
    return annotation
  }

  private mutating func member(
    _ key: JSONNode, _ value: JSONNode, of annotation: inout Annotation
  ) throws(RecordFault) {
    if key.reads("segmentation") {
      annotation.segmentation = try outlines.decode(value, for: records.batch.records.count)
      if value.kind == .null { keep(key, value, in: &annotation) }
    } else if key.reads("bbox") {
      annotation.box = try box(value)
    } else if key.reads("id") {
      annotation.id = try records.id(value, as: .annotation, "id")
    } else if key.reads("image_id") {
      annotation.imageID = try records.id(value, as: .image, "image_id")
    } else if key.reads("category_id") {
      annotation.categoryID = try records.id(value, as: .category, "category_id")
    } else if key.reads("area") {
      annotation.area = try number(value, "area")
    } else if key.reads("iscrowd") {
      annotation.isCrowd = try crowd(value)
    } else if key.reads("keypoints"), value.kind == .array {
      annotation.keypoints = try numbers(value, "keypoints")
    } else if key.reads("attributes"), value.kind == .object {
      annotation.attributes = JSONObject(value)
    } else {
      keep(key, value, in: &annotation)
    }
  }

  private func keep(_ key: JSONNode, _ value: JSONNode, in annotation: inout Annotation) {
    annotation.extra.members.append(
      .init(name: String(decoding: key.bytes, as: UTF8.self), value: JSONValue(value)))
  }

  private func box(_ node: JSONNode) throws(RecordFault) -> Box? {
    if node.kind == .null { return nil }
    guard node.kind == .array else {
      throw RecordFault(
        "malformed-value", "bbox: expected 4 numbers, found \(node.raw)", node.offset)
    }
    let values = try numbers(node, "bbox")
    if values.isEmpty { return nil }
    guard values.count == 4 else {
      throw RecordFault(
        "malformed-value", "bbox: expected 4 numbers, found \(values.count)", node.offset)
    }
    return Box(x: values[0], y: values[1], width: values[2], height: values[3])
  }

  private func numbers(_ node: JSONNode, _ name: String) throws(RecordFault) -> [Double] {
    var values: [Double] = []
    var failure: RecordFault?
    node.forEachElement { element in
      do throws(RecordFault) {
        values.append(try number(element, name) ?? .nan)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return values
  }

  private func number(_ node: JSONNode, _ name: String) throws(RecordFault) -> Double? {
    if let number = node.lenientNumber { return number }
    if node.kind == .null { return nil }
    throw RecordFault(
      "malformed-value", "\(name): expected a number, found \(node.raw)", node.offset)
  }

  private func crowd(_ node: JSONNode) throws(RecordFault) -> Int? {
    if let integer = node.integer { return integer }
    if let bool = node.bool { return bool ? 1 : 0 }
    if node.kind == .null { return nil }
    throw RecordFault(
      "malformed-value", "iscrowd: expected 0 or 1, found \(node.raw)", node.offset)
  }
}
