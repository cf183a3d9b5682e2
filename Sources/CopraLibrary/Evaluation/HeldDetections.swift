import CCopra
import COCO
import DetectionMetrics
import Files

/// The detections behind a handle.
final class HeldDetections: HandleValue {
  static let name = "detections"

  struct Contents: Sendable {
    /// The offset of each one's origin is its place among all.
    var batches: [[Detection]]
    /// The shapes of detections that have none of their own.
    var shapes = DetectionShapes()
    /// The findings about the detections of a file.
    var findings: [Finding] = []

    var count: Int { batches.reduce(0) { $0 + $1.count } }

    var form: ResultsForm {
      let first = batches.first?.first
      guard first?.box == nil else { return .boxes }
      if shapes.masks != nil { return .masks }
      return shapes.keypoints != nil ? .keypoints : ResultsForm(first: first)
    }
  }

  private let state: Monitor<Contents>

  init(_ contents: Contents) {
    state = Monitor(contents)
  }

  var contents: Contents { state.change { $0 } }

  /// Gives all detections their shapes, or changes these.
  func changeShapes(_ body: (inout DetectionShapes) -> Void) { state.change { body(&$0.shapes) } }

  /// Changes each detection, given its place.
  func changeEach(_ body: (Int, inout Detection) -> Void) {
    state.change { contents in
      var place = 0
      for batch in contents.batches.indices {
        for index in contents.batches[batch].indices {
          body(place, &contents.batches[batch][index])
          place += 1
        }
      }
    }
  }
}

/// The columns that detections are made of.
struct DetectionColumns: Sendable {
  let count: Int
  let imageIDs: Numbers
  let categoryIDs: Numbers
  let scores: Numbers
  let boxes: Numbers?

  private static let part = 8192

  func detections(_ tasks: OrderedTasks) async throws -> [[Detection]] {
    try await tasks.map((count + Self.part - 1) / Self.part) { part in
      let first = part * Self.part
      return try (first..<min(first + Self.part, count)).map(detection)
    }
  }

  @inline(__always)
  private func detection(at index: Int) throws -> Detection {
    guard let imageID = imageIDs.integer(at: index) else {
      throw CallError("image_id of detection \(index): expected a whole number")
    }
    guard let categoryID = categoryIDs.integer(at: index) else {
      throw CallError("category_id of detection \(index): expected a whole number")
    }
    let box = boxes.map { boxes in
      Box(
        x: boxes.double(at: index), y: boxes.double(at: index, further: 1),
        width: boxes.double(at: index, further: 2), height: boxes.double(at: index, further: 3))
    }
    return Detection(
      imageID: imageID, categoryID: categoryID, score: scores.double(at: index), box: box,
      origin: Origin(file: 0, offset: index))
  }
}
