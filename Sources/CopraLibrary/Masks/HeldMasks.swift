import CCopra
import COCO
import DetectionMetrics
import Files

/// The masks behind a handle.
final class HeldMasks: HandleValue {
  static let name = "masks"

  let masks: [RunLengthMask]
  let columns = LentColumns()

  init(_ masks: [RunLengthMask]) {
    self.masks = masks
  }

  func column(_ column: Int32) throws -> Lent {
    switch Int(column) {
    case COPRA_MASK_SIZES: Lent(masks.flatMap { [Int64($0.height), Int64($0.width)] })
    case COPRA_MASK_COUNTS: Lent(masks.flatMap(\.compressedBytes))
    case COPRA_MASK_LENGTHS: Lent(masks.map { Int64($0.compressedBytes.count) })
    case COPRA_MASK_AREAS: Lent(masks.map { Int64($0.area) })
    case COPRA_MASK_BOXES:
      Lent(masks.map(\.boundingBox).flatMap { [$0.x, $0.y, $0.width, $0.height] })
    default: throw CallError("expected a column of masks, found \(column)")
    }
  }
}

extension RunLengthMask {
  /// Encodes bytes that stand column after column; every byte but 0 is set.
  init(columns pixels: UnsafeBufferPointer<UInt8>, height: Int, width: Int) {
    var counts: [UInt32] = []
    var start = 0
    var isSet = false
    for place in pixels.indices where (pixels[place] != 0) != isSet {
      counts.append(UInt32(place - start))
      start = place
      isSet.toggle()
    }
    counts.append(UInt32(pixels.count - start))
    self.init(height: height, width: width, counts: counts)
  }

  /// Writes the bytes 0 and 1, column after column, to memory with room for height × width.
  func write(columns room: UnsafeMutablePointer<UInt8>) {
    var place = 0
    for (index, run) in counts.enumerated() {
      (room + place).update(repeating: index & 1 == 0 ? 0 : 1, count: Int(run))
      place += Int(run)
    }
  }
}

/// The sizes and contents of masks that a caller passes one after the other.
struct GivenMasks<Element: Sendable>: Sendable {
  fileprivate nonisolated(unsafe) let sizes: UnsafeBufferPointer<Int64>
  fileprivate nonisolated(unsafe) let lengths: UnsafeBufferPointer<Int64>
  fileprivate nonisolated(unsafe) let contents: UnsafeBufferPointer<Element>

  init(
    _ count: Int64, _ sizes: UnsafePointer<Int64>?, _ lengths: UnsafePointer<Int64>?,
    _ contents: UnsafePointer<Element>?, _ length: Int64
  ) throws {
    let count = Int64(try Call.count(count, "count"))
    self.sizes = try Call.elements(sizes, 2 * count, "sizes")
    self.lengths = try Call.elements(lengths, count, "lengths")
    self.contents = try Call.elements(contents, length, "contents")
    let most = Int64(self.contents.count)
    guard self.lengths.allSatisfy({ (0...most).contains($0) }),
      self.lengths.reduce(0, +) == most
    else {
      throw CallError("lengths: expected \(most) in all")
    }
  }

  /// Makes a mask of each part, on all threads.
  func map(
    _ make:
      @escaping @Sendable (UnsafeBufferPointer<Element>, _ height: Int, _ width: Int) throws
      -> RunLengthMask
  ) throws -> [RunLengthMask] {
    let starts = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1)) }
    let masks = try Call.work { tasks in
      try await tasks.map((lengths.count + 1023) / 1024) { part in
        try (part * 1024..<min((part + 1) * 1024, lengths.count)).map { index in
          let runs = UnsafeBufferPointer(rebasing: contents[starts[index]..<starts[index + 1]])
          do {
            return try make(runs, Int(sizes[2 * index]), Int(sizes[2 * index + 1]))
          } catch {
            throw CallError("mask \(index): \(error)")
          }
        }
      }
    }
    return masks.flatMap { $0 }
  }
}

extension GivenMasks<CChar> {
  /// The masks as they are given, unread.
  var compressed: CompressedMasks {
    contents.withMemoryRebound(to: UInt8.self) { contents in
      let kept = Lent(copying: contents)
      return CompressedMasks(
        kept.bytes, of: kept, lengths: lengths.map { Int($0) }, sizes: sizes.map { Int($0) })
    }
  }
}
