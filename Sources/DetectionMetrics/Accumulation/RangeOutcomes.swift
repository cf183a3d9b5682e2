/// The detections of one category that count in one range of areas, by falling score.
struct RangeOutcomes {
  /// A detection that can match something.
  struct Candidate {
    /// The thresholds at which it is right and those at which it is wrong, as bits; at the others it
    /// does not count.
    var isTrue: UInt64
    var isFalse: UInt64
    var score: Double
    /// The first limit to the number of detections that lets it through.
    var firstLimit: Int
  }

  private(set) var candidates: [Candidate] = []
  /// The false positives before each candidate that can match nothing, [candidates, M].
  private var falseBefore: [Int] = []
  /// How many of these each limit is the first to let through, [M].
  private var passed: [Int]
  /// How many of the candidates, likewise.
  private var admitted: [Int]

  init(limits: Int) {
    passed = [Int](repeating: 0, count: limits)
    admitted = passed
  }

  mutating func removeAll() {
    candidates.removeAll(keepingCapacity: true)
    falseBefore.removeAll(keepingCapacity: true)
    for limit in passed.indices {
      passed[limit] = 0
      admitted[limit] = 0
    }
  }

  /// Whether a limit lets through anything that the one before it does not.
  func hasMore(at limit: Int) -> Bool { passed[limit] + admitted[limit] > 0 }

  /// Adds a detection that can match nothing.
  @inline(__always)
  mutating func pass(_ limit: Int) { passed[limit] += 1 }

  /// Adds a detection that can match something.
  @inline(__always)
  mutating func add(
    _ match: MatchOutcomes.Match, isOutside: Bool, _ thresholds: UInt64, score: Double,
    _ limit: Int
  ) {
    let isTrue = match.matched & ~match.ignored
    // Neither right nor wrong at any threshold, as most are in a range that is not theirs.
    if isOutside, isTrue == 0 { return }
    let isFalse = isOutside ? 0 : ~match.matched & ~match.ignored & thresholds
    admitted[limit] += 1
    candidates.append(
      Candidate(isTrue: isTrue, isFalse: isFalse, score: score, firstLimit: limit))
    var sum = 0
    for count in passed {
      sum += count
      falseBefore.append(sum)
    }
  }

  /// Writes the place of each true positive at a threshold, and the number of false positives before
  /// it, to rooms for one more than there are candidates; returns the number of true positives.
  func count(
    _ threshold: Int, _ limit: Int, _ places: UnsafeMutableBufferPointer<Int>,
    _ falsePositives: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    let limits = passed.count
    var (found, wrong) = (0, 0)
    candidates.withUnsafeBufferPointer { candidates in
      falseBefore.withUnsafeBufferPointer { falseBefore in
        for (index, candidate) in candidates.enumerated() where candidate.firstLimit <= limit {
          // Written where it may be written over, which is faster than to ask.
          places[found] = index
          falsePositives[found] = wrong + falseBefore[index * limits + limit]
          found += Int(candidate.isTrue >> UInt64(threshold) & 1)
          wrong += Int(candidate.isFalse >> UInt64(threshold) & 1)
        }
      }
    }
    return found
  }
}
