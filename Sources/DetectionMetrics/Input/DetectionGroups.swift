import COCO
import Files

/// The detections of each image, in the order of the file.
struct DetectionGroups: Sendable {
  /// The place of a detection: its batch and its index there.
  private struct Place: Sendable {
    var batch: Int32
    var index: Int32
  }

  /// The start of each image's places, and the end of the last one's.
  private var starts: [Int]
  private var places: [Place] = []

  init(images: Int) {
    starts = [Int](repeating: 0, count: images + 1)
  }

  /// Groups detections by their image; returns a finding for each that has none.
  mutating func group(_ batches: [[Detection]], by truth: TruthIndex) -> [Finding] {
    var findings: [Finding] = []
    var positions: [Int32] = []
    positions.reserveCapacity(batches.reduce(0) { $0 + $1.count })
    // Those of one image mostly follow one another.
    var last: (id: Int, position: Int?) = (0, truth.position(ofImage: 0))
    for batch in batches {
      for detection in batch {
        if detection.imageID != last.id {
          last = (detection.imageID, truth.position(ofImage: detection.imageID))
        }
        let position = last.position
        positions.append(position.map(Int32.init) ?? -1)
        if let position {
          starts[position + 1] += 1
        } else {
          findings.append(
            Finding(
              .unknownImage, Fault.unknownImage(detection.imageID).message,
              at: detection.origin, field: .imageID))
        }
      }
    }
    for position in starts.indices.dropLast() { starts[position + 1] += starts[position] }
    place(batches.map(\.count), positions)
    return findings
  }

  private mutating func place(_ counts: [Int], _ positions: [Int32]) {
    var next = starts
    places = [Place](repeating: Place(batch: 0, index: 0), count: starts[starts.count - 1])
    var all = 0
    for (batch, count) in counts.enumerated() {
      for index in 0..<count {
        let position = Int(positions[all])
        all += 1
        guard position >= 0 else { continue }
        places[next[position]] = Place(batch: Int32(batch), index: Int32(index))
        next[position] += 1
      }
    }
  }

  /// Returns the detections of an image.
  func detections(of image: Int, in batches: [[Detection]]) -> [Detection] {
    places[starts[image]..<starts[image + 1]].map { batches[Int($0.batch)][Int($0.index)] }
  }
}
