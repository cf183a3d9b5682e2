extension RunLengthMask {
  /// Returns the pixels that at least one of the masks has: pycocotools' `merge`.
  ///
  /// A single mask is returned unchanged; no masks give a mask of 0 × 0 without runs.
  ///
  /// - Throws: `MaskError.differentSizes` if sizes differ, for which pycocotools gives the mask of
  ///   0 × 0.
  public static func union(_ masks: [RunLengthMask]) throws(MaskError) -> RunLengthMask {
    try combine(masks) { $0 || $1 }
  }

  /// Returns the pixels that all of the masks have: pycocotools' `merge` with `intersect`.
  ///
  /// A single mask is returned unchanged; no masks give a mask of 0 × 0 without runs.
  ///
  /// - Throws: `MaskError.differentSizes` if sizes differ, for which pycocotools gives the mask of
  ///   0 × 0.
  public static func intersection(_ masks: [RunLengthMask]) throws(MaskError) -> RunLengthMask {
    try combine(masks) { $0 && $1 }
  }

  @inline(__always)
  private static func combine(
    _ masks: [RunLengthMask], keep: (Bool, Bool) -> Bool
  ) throws(MaskError) -> RunLengthMask {
    guard var result = masks.first else { return RunLengthMask(height: 0, width: 0, counts: []) }
    for mask in masks.dropFirst() {
      guard mask.height == result.height, mask.width == result.width else {
        throw .differentSizes(
          height: result.height, width: result.width, otherHeight: mask.height,
          otherWidth: mask.width)
      }
      result.counts = combinedRuns(of: result.counts, and: mask.counts, keep: keep)
    }
    return result
  }

  @inline(__always)
  private static func combinedRuns(
    of first: [UInt32], and second: [UInt32], keep: (Bool, Bool) -> Bool
  ) -> [UInt32] {
    var runs: [UInt32] = []
    runs.reserveCapacity(max(first.count, second.count) + 2)
    var isSet = false
    var run = 0
    forEachStretch(of: first, and: second) { length, inFirst, inSecond in
      if keep(inFirst, inSecond) != isSet {
        runs.append(UInt32(truncatingIfNeeded: run))
        isSet.toggle()
        run = 0
      }
      run += length
    }
    runs.append(UInt32(truncatingIfNeeded: run))
    return runs
  }
}

extension RunLengthMask {
  /// Returns the number of pixels that both masks have; runs are read from position 0 in both.
  ///
  /// It moves from one run of ones to the next, which is faster than `overlap(with:)` if the union
  /// is not needed.
  public func intersection(with other: RunLengthMask) -> Int {
    counts.withUnsafeBufferPointer { first in
      other.counts.withUnsafeBufferPointer { second in
        RunLengthMask.intersection(first, second)
      }
    }
  }

  private static func intersection(
    _ first: UnsafeBufferPointer<UInt32>, _ second: UnsafeBufferPointer<UInt32>
  ) -> Int {
    guard first.count > 1, second.count > 1 else { return 0 }
    var shared = 0
    var firstIndex = 1
    var secondIndex = 1
    var firstStart = Int(first[0])
    var secondStart = Int(second[0])
    var firstEnd = firstStart + Int(first[1])
    var secondEnd = secondStart + Int(second[1])
    while true {
      shared += max(min(firstEnd, secondEnd) - max(firstStart, secondStart), 0)
      if firstEnd <= secondEnd {
        firstIndex += 2
        guard firstIndex < first.count else { return shared }
        firstStart = firstEnd + Int(first[firstIndex - 1])
        firstEnd = firstStart + Int(first[firstIndex])
      } else {
        secondIndex += 2
        guard secondIndex < second.count else { return shared }
        secondStart = secondEnd + Int(second[secondIndex - 1])
        secondEnd = secondStart + Int(second[secondIndex])
      }
    }
  }
}
