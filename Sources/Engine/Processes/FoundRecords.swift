import COCO
import Torch

extension ProcessGroup {
  /// Returns the detections of all processes, by the images' positions.
  ///
  /// - Parameter isInterrupted: Whether this process was stopped before its end.
  /// - Throws: `TrainingInterrupted` if any process was.
  func gather(
    _ pictures: [DetectionTeam.Found], isInterrupted: Bool
  ) throws -> [DetectionTeam.Found] {
    var words = FoundWords()
    for picture in pictures { words.append(picture) }
    let all = try gather(words.bytes)
    if try any(isInterrupted) { throw TrainingInterrupted() }
    return try all.enumerated().flatMap { process, bytes in
      var words = FoundWords(bytes)
      guard let found = words.pictures() else {
        throw EngineError("process \(process) is of another version of copra")
      }
      return found
    }.sorted { $0.position < $1.position }
  }
}

/// The detections on images as numbers of 64 bits.
private struct FoundWords {
  private var words: [Int64] = []
  private var next = 0

  init() {}

  init(_ bytes: [UInt8]) {
    words = [Int64](unsafeUninitializedCapacity: bytes.count / 8) { room, count in
      count = bytes.count / 8
      UnsafeMutableRawBufferPointer(room).copyBytes(from: bytes.prefix(count * 8))
    }
  }

  var bytes: [UInt8] { words.withUnsafeBytes { Array($0) } }

  mutating func append(_ picture: DetectionTeam.Found) {
    append([picture.position, picture.width, picture.height, picture.detections.count])
    for detection in picture.detections { append(detection) }
  }

  private mutating func append(_ detection: Detection) {
    append([detection.imageID, detection.categoryID])
    append([detection.score])
    append(counted: detection.box.map { [$0.x, $0.y, $0.width, $0.height] } ?? [])
    append(counted: detection.keypoints ?? [])
    guard case .compressedRunLengths(let mask)? = detection.segmentation else {
      return append([-1])
    }
    append([mask.counts.count, mask.height, mask.width] + mask.counts.map { Int($0) })
  }

  private mutating func append(_ numbers: [Int]) { words += numbers.map { Int64($0) } }

  private mutating func append(_ numbers: [Double]) {
    words += numbers.map { Int64(bitPattern: $0.bitPattern) }
  }

  private mutating func append(counted numbers: [Double]) {
    append([numbers.count])
    append(numbers)
  }

  /// Reads all images; returns nil if the numbers are not as `append` writes them.
  mutating func pictures() -> [DetectionTeam.Found]? {
    var pictures: [DetectionTeam.Found] = []
    while next < words.count {
      guard let head = integers(4), head[3] >= 0 else { return nil }
      var detections: [Detection] = []
      for _ in 0..<head[3] {
        guard let detection = detection() else { return nil }
        detections.append(detection)
      }
      pictures.append(
        .init(position: head[0], width: head[1], height: head[2], detections: detections))
    }
    return pictures
  }

  private mutating func detection() -> Detection? {
    guard let ids = integers(2), let score = doubles(1), let box = counted(),
      box.isEmpty || box.count == 4, let keypoints = counted(), let runs = integers(1)
    else { return nil }
    var detection = Detection(
      imageID: ids[0], categoryID: ids[1], score: score[0],
      box: box.isEmpty ? nil : Box(x: box[0], y: box[1], width: box[2], height: box[3]),
      keypoints: keypoints.isEmpty ? nil : keypoints)
    if runs[0] >= 0 {
      guard let size = integers(2), let counts = integers(runs[0]) else { return nil }
      detection.segmentation = .compressedRunLengths(
        RunLengthMask(
          height: size[0], width: size[1], counts: counts.map { UInt32(truncatingIfNeeded: $0) }))
    }
    return detection
  }

  private mutating func integers(_ count: Int) -> [Int]? {
    guard count >= 0, count <= words.count - next else { return nil }
    defer { next += count }
    return words[next..<(next + count)].map { Int($0) }
  }

  private mutating func doubles(_ count: Int) -> [Double]? {
    integers(count)?.map { Double(bitPattern: UInt64(bitPattern: Int64($0))) }
  }

  private mutating func counted() -> [Double]? {
    guard let count = integers(1) else { return nil }
    return doubles(count[0])
  }
}
