extension RunLengthMask {
  /// The number of pixels that both masks have; runs are taken from position 0 in both.
  ///
  /// Goes from one run of ones to the next, which is quicker than `overlap(with:)` where the union
  /// is not asked for.
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
