/// A decoder of the elements of a results file: a list of detections.
struct DetectionDecoder: JSONRecordDecoder {
  var records: RecordDecoder<Detection>
  private var outlines = SegmentationDecoder()
  private var lacks = 0
  /// The id of the image that the detection stands with, which it need not name then.
  var owner: JSONNode?

  /// The fields that a detection must have, as bits of `lacks`.
  private enum Field {
    static let image = 1
    static let category = 2
    static let score = 4
    static let all = 7
  }

  init(source: Int) {
    records = RecordDecoder(source: source, kind: .annotation)
  }

  mutating func record(_ element: JSONNode, base: Int) throws(RecordFault) -> Detection {
    do throws(RecordFault) {
      return try detection(element, base: base)
    } catch {
      outlines.forget(records.batch.records.count)
      throw error
    }
  }

  consuming func finish() -> RecordBatch<Detection> {
    outlines.forEachPlaced { records.batch.records[$0].segmentation = .polygons($1) }
    return records.batch
  }

  private mutating func detection(
    _ element: JSONNode, base: Int
  ) throws(RecordFault) -> Detection {
    guard element.kind == .object else {
      throw RecordFault(
        .malformedValue, "expected a detection object, found \(element.excerpt)", element.offset)
    }
    var detection = Detection(
      imageID: 0, categoryID: 0, score: 0, origin: records.origin(base + element.offset))
    lacks = Field.all
    var failure: RecordFault?
    element.forEachMember { key, value in
      do throws(RecordFault) {
        try member(key, value, of: &detection)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    if let owner, lacks & Field.image != 0 {
      detection.imageID = try records.id(ofOwner: owner)
      lacks &= ~Field.image
    }
    guard lacks == 0 else { throw .missing(missingName, in: element) }
    return detection
  }

  private var missingName: String {
    if lacks & Field.image != 0 { return "image_id" }
    return lacks & Field.category != 0 ? "category_id" : "score"
  }

  private mutating func member(
    _ key: JSONNode, _ value: JSONNode, of detection: inout Detection
  ) throws(RecordFault) {
    // Told apart by length first: this runs for every member of every detection.
    switch key.bytes.count {
    case 4 where key.reads("bbox"):
      detection.box = try box(value)
    case 5 where key.reads("score"):
      detection.score = try finiteNumber(value, "score")
      lacks &= ~Field.score
    case 8 where key.reads("image_id"):
      detection.imageID = try records.id(value, as: .image, "image_id")
      lacks &= ~Field.image
    case 9 where key.reads("keypoints") && value.kind != .null:
      detection.keypoints = try finiteNumbers(value, "keypoints")
    case 11 where key.reads("category_id"):
      detection.categoryID = try records.id(value, as: .category, "category_id")
      lacks &= ~Field.category
    case 12 where key.reads("segmentation") && value.kind != .null && value.hasElements:
      let outline = try outlines.decode(value, for: records.batch.records.count)
      if let outline { detection.segmentation = outline }
    default: break
    }
  }

  /// Returns a box; nil for an empty list, as in files of masks.
  private func box(_ node: JSONNode) throws(RecordFault) -> Box? {
    var box = Box(x: 0, y: 0, width: 0, height: 0)
    var count = 0
    let failure = forEachNumber(node, "bbox") { number in
      switch count {
      case 0: box.x = number
      case 1: box.y = number
      case 2: box.width = number
      default: box.height = number
      }
      count += 1
    }
    if let failure { throw failure }
    if count == 4 { return box }
    if count == 0 { return nil }
    throw RecordFault(.malformedValue, "bbox: expected 4 numbers, found \(count)", node.offset)
  }

  private func finiteNumbers(_ node: JSONNode, _ name: String) throws(RecordFault) -> [Double] {
    var numbers: [Double] = []
    if let failure = forEachNumber(node, name, { numbers.append($0) }) { throw failure }
    return numbers
  }

  /// Calls `body` with each number of a list; gives the first fault.
  @inline(__always)
  private func forEachNumber(
    _ node: JSONNode, _ name: String, _ body: (Double) -> Void
  ) -> RecordFault? {
    guard node.kind == .array || node.kind == .null else {
      return RecordFault(
        .malformedValue, "\(name): expected a list of numbers, found \(node.excerpt)", node.offset)
    }
    var failure: RecordFault?
    node.forEachElement { element in
      do throws(RecordFault) {
        body(try finiteNumber(element, name))
      } catch {
        failure = failure ?? error
      }
    }
    return failure
  }

  @inline(__always)
  private func finiteNumber(_ node: JSONNode, _ name: String) throws(RecordFault) -> Double {
    // A number that JSON's tokenizer could read is finite; others are told from NaN here.
    if let number = node.number { return number }
    if let number = node.lenientNumber, number.isFinite { return number }
    throw RecordFault(
      .malformedValue, "\(name): expected a finite number, found \(node.excerpt)", node.offset)
  }
}
