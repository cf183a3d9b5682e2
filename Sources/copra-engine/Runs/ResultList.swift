import COCO

/// COCO's results format: one JSON list of detections, one a line.
struct ResultList {
  private var lines: [[UInt8]] = []

  mutating func add(_ detection: Detection, fileName: String) {
    var object = JSONObject([
      .init(name: "image_id", value: .integer(detection.imageID)),
      .init(name: "category_id", value: .integer(detection.categoryID)),
    ])
    if let box = detection.box {
      object["bbox"] = .array([box.x, box.y, box.width, box.height].map { .number($0) })
    }
    object["score"] = .number(detection.score)
    if case .compressedRunLengths(let mask)? = detection.segmentation {
      object["segmentation"] = .object([
        "size": [.integer(mask.height), .integer(mask.width)],
        "counts": .string(mask.compressed),
      ])
    }
    object["file_name"] = .string(fileName)
    var output = JSONOutput()
    output.append(object)
    lines.append(output.bytes)
  }

  func bytes() -> [UInt8] {
    guard !lines.isEmpty else { return Array("[]\n".utf8) }
    return Array("[\n".utf8) + lines.joined(separator: Array(",\n".utf8)) + Array("\n]\n".utf8)
  }
}
