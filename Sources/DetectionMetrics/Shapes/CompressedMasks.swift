import COCO

/// The masks of all detections as COCO's compressed run lengths, which are read where they are
/// compared: most are told apart by their size and place.
package struct CompressedMasks: Sendable {
  private nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
  private let owner: any AnyObject & Sendable
  /// The start of each mask's bytes, and the end of the last one's.
  private let starts: [Int]
  /// The height and width of each.
  private let sizes: [Int]

  /// Creates masks on memory that an owner keeps.
  ///
  /// - Parameters:
  ///   - bytes: The run lengths of all, one after the other.
  ///   - owner: The object that keeps these.
  ///   - lengths: The number of bytes of each, as many in all as there are.
  ///   - sizes: The height and width of each.
  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, of owner: any AnyObject & Sendable, lengths: [Int],
    sizes: [Int]
  ) {
    var starts = [0]
    starts.reserveCapacity(lengths.count + 1)
    for length in lengths { starts.append(starts[starts.count - 1] + length) }
    precondition(
      starts[lengths.count] == bytes.count && sizes.count == 2 * lengths.count,
      "expected the lengths and sizes of all masks")
    (self.bytes, self.owner, self.starts, self.sizes) = (bytes, owner, starts, sizes)
  }

  /// Returns a mask, which may be used as long as its owner exists.
  func mask(at place: Int) -> CompressedMask {
    CompressedMask(
      height: sizes[2 * place], width: sizes[2 * place + 1],
      bytes: UnsafeBufferPointer(rebasing: bytes[starts[place]..<starts[place + 1]]))
  }
}

/// A mask of `CompressedMasks`.
struct CompressedMask: Sendable {
  let height: Int
  let width: Int
  fileprivate nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>

  /// Reads the mask.
  ///
  /// - Throws: A `MaskError` unless it is of run lengths that cover its size.
  func read() throws(MaskError) -> RunLengthMask {
    try RunLengthMask(compressed: Array(bytes), height: height, width: width)
  }

  /// The area and the box of a mask whose runs cover its size; nil for any other.
  var extent: MaskExtent? {
    guard height >= 0, width >= 0 else { return nil }
    let (pixels, overflows) = height.multipliedReportingOverflow(by: width)
    guard !overflows, pixels <= UInt32.max else { return nil }
    var extent = MaskExtent(height: height)
    var isSet = false
    let isRead = forEachRun { run in
      if isSet { extent.add(ones: run) } else { extent.add(zeros: run) }
      isSet.toggle()
    }
    return isRead && extent.end == pixels ? extent : nil
  }

  /// The mask, which must be one that has an extent.
  var known: RunLengthMask {
    let counts = [UInt32](unsafeUninitializedCapacity: bytes.count) { room, count in
      _ = forEachRun { run in
        room[count] = UInt32(truncatingIfNeeded: run)
        count += 1
      }
    }
    return RunLengthMask(height: height, width: width, counts: counts)
  }

  /// Calls `body` with each run; returns false at the first thing that is none.
  ///
  /// A run is written in groups of five bits, lowest first, from the fourth run on less the run two
  /// before it; `RunLengthMask.compressed` describes them.
  @inline(__always)
  private func forEachRun(_ body: (Int) -> Void) -> Bool {
    // The last two runs; the first three are written whole.
    var (before, last) = (0, 0)
    var (offset, index) = (0, 0)
    while offset < bytes.count {
      var number = 0
      var shift = 0
      var group: UInt8
      repeat {
        guard offset < bytes.count, shift < 60 else { return false }
        group = bytes[offset] &- 48
        guard group < 64 else { return false }
        number |= Int(group & 31) << shift
        shift += 5
        offset += 1
      } while group & 32 != 0
      if group & 16 != 0 { number |= -1 << shift }
      let run = index > 2 ? number + before : number
      guard run >= 0, run <= UInt32.max else { return false }
      body(run)
      (before, last) = (last, run)
      index += 1
    }
    return true
  }
}

/// The area and the box of a mask, of its runs in turn.
struct MaskExtent {
  private let height: Int
  /// The pixels so far.
  private(set) var end = 0
  private(set) var area = 0
  /// The first pixel that is set, and the one after the last.
  private var first = -1
  private var last = 0
  private var top = Int.max
  private var bottom = 0
  /// The first pixel of the column of the last run of ones.
  private var column = 0

  init(height: Int) {
    self.height = height
  }

  @inline(__always)
  mutating func add(zeros run: Int) { end += run }

  @inline(__always)
  mutating func add(ones run: Int) {
    guard run > 0, height > 0 else { return }
    let start = end
    end += run
    area += run
    if first < 0 {
      first = start
      column = start - start % height
    } else if start - column >= height {
      // Mostly the next one; a division takes longer.
      column += height
      if start - column >= height { column = start - start % height }
    }
    last = end
    let (firstRow, lastRow) = (start - column, end - 1 - column)
    top = min(top, lastRow < height ? firstRow : 0)
    bottom = max(bottom, lastRow < height ? lastRow : height - 1)
  }

  /// The smallest box of whole pixels around the mask, as `RunLengthMask.boundingBox` has it.
  var box: Box {
    guard first >= 0 else { return Box(x: 0, y: 0, width: 0, height: 0) }
    let left = first / height
    return Box(
      x: Double(left), y: Double(top), width: Double((last - 1) / height - left + 1),
      height: Double(bottom - top + 1))
  }
}
