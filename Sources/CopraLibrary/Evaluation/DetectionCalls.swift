// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CCopra
import COCO
import DetectionMetrics
import Files

/// Makes detections of `count` rows. `boxes` points to x, y, width and height of each row; it is
/// NULL if the detections have no boxes.
@c @implementation
public func copra_detections_make(
  _ count: Int64, _ imageIds: copra_numbers, _ categoryIds: copra_numbers,
  _ scores: copra_numbers, _ boxes: UnsafePointer<copra_numbers>?,
  _ detections: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let count = try Call.count(count, "count")
    guard count > 0 else {
      return try HeldDetections(HeldDetections.Contents(batches: [])).give(to: detections)
    }
    let columns = DetectionColumns(
      count: count, imageIDs: try Numbers(imageIds, "image_ids"),
      categoryIDs: try Numbers(categoryIds, "category_ids"),
      scores: try Numbers(scores, "scores"),
      boxes: try boxes.map { try Numbers($0.pointee, "boxes") })
    let batches = try Call.work { try await columns.detections($0) }
    try HeldDetections(HeldDetections.Contents(batches: batches)).give(to: detections)
  }
}

/// Sets the mask of each detection, compressed run lengths as in `copra_masks_read`, which are
/// checked when they are evaluated.
@c @implementation
public func copra_detections_add_masks(
  _ detections: OpaquePointer?, _ sizes: UnsafePointer<Int64>?, _ lengths: UnsafePointer<Int64>?,
  _ counts: UnsafePointer<CChar>?, _ length: Int64
) -> Int32 {
  Call.run {
    let detections = try HeldDetections.borrow(detections)
    let given = try GivenMasks(
      Int64(detections.contents.count), sizes, lengths, counts, length)
    let masks = given.compressed
    detections.changeShapes { $0.masks = masks }
  }
}

/// Gives each detection room for keypoints, `numbers` of x, y and score in turn, and lends it to be
/// filled before anything is evaluated.
@c @implementation
public func copra_detections_add_keypoints(
  _ detections: OpaquePointer?, _ numbers: Int64, _ keypoints: UnsafeMutablePointer<copra_array>?
) -> Int32 {
  Call.run {
    let detections = try HeldDetections.borrow(detections)
    let width = try Call.count(numbers, "numbers")
    let count = try Call.product(detections.contents.count, width, "keypoints")
    let room = Lent(doubles: count)
    try room.lend(to: keypoints)
    let rows = KeypointRows(room.doubles, of: room, width: width)
    detections.changeShapes { $0.keypoints = rows }
  }
}

/// Reads the COCO results file at `path`; ids that are words get the numbers of `truth`.
@c @implementation
public func copra_detections_open(
  _ path: UnsafePointer<CChar>?, _ truth: OpaquePointer?,
  _ detections: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let path = try Call.text(path, "path")
    try HeldDetections.read(try InputFile(path), named: path, try HeldDataset.borrow(truth))
      .give(to: detections)
  }
}

/// Reads the bytes of a COCO results file; ids that are words get the numbers of `truth`.
@c @implementation
public func copra_detections_parse(
  _ json: UnsafePointer<CChar>?, _ length: Int64, _ truth: OpaquePointer?,
  _ detections: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let memory = try MemoryFile(try Call.elements(json, length, "json"))
    try HeldDetections.read(memory.file, named: "detections", try HeldDataset.borrow(truth))
      .give(to: detections)
  }
}

/// Frees detections; NULL may be freed.
@c @implementation
public func copra_detections_free(_ detections: OpaquePointer?) { HeldDetections.free(detections) }

/// Gives the number of detections, and of those whose image is not in `truth`.
@c @implementation
public func copra_detections_count(
  _ detections: OpaquePointer?, _ truth: OpaquePointer?, _ count: UnsafeMutablePointer<Int64>?,
  _ unknown: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Call.run {
    let contents = try HeldDetections.borrow(detections).contents
    let truth = try HeldDataset.borrow(truth)
    try Call.required(count, "count").pointee = Int64(contents.count)
    try Call.required(unknown, "unknown").pointee = contents.batches.reduce(into: 0) {
      sum, batch in
      // Those of one image mostly follow one another.
      var last: (id: Int, isKnown: Bool)?
      for detection in batch {
        let id = detection.imageID
        let isKnown = last?.id == id ? last?.isKnown ?? false : truth.hasImage(id)
        last = (id, isKnown)
        if !isKnown { sum += 1 }
      }
    }
  }
}

extension HeldDetections {
  /// Reads a results file; ids that are words get the numbers of `truth`.
  fileprivate static func read(
    _ file: InputFile, named name: String, _ truth: HeldDataset
  ) throws -> HeldDetections {
    let words = truth.words
    let results = try Call.work { tasks in
      var reader = DetectionReader(tasks: tasks)
      reader.keepsTextIDs = true
      reader.words = words
      return try await reader.read(file, source: 0)
    }
    if let fault = results.fault {
      throw UnreadableFile(description: "\(name): \(fault.message)")
    }
    let findings = results.findings + results.rejections.map(\.finding)
    let held = HeldDetections(Contents(batches: results.batches, findings: findings))
    held.changeEach { $1.origin = Origin(file: 0, offset: $0) }
    return held
  }
}
