/// A matcher of the detections of one category in one image with its true objects, greedily by
/// falling score, at every threshold and in every range of areas.
///
/// Thresholds are bits: nearly every detection overlaps one true object only, and finds it or not
/// at all thresholds at once.
struct PairMatcher {
  /// The properties of a true object that matching needs.
  struct Truth {
    /// The area ranges in which it is not counted, as bits.
    var ignored: UInt32
    /// Whether the object may match many detections.
    var isReusable: Bool
    /// Whether a match with it is noted.
    var isSeen: Bool
  }

  /// A detection that can match something.
  private struct Candidate {
    /// The thresholds that its highest overlap reaches, as bits.
    var reached: UInt64 = 0
    /// The only true object that it can match; −1 if there are several.
    var truth = -1
  }

  private let thresholds: [Double]
  /// The lowest threshold: detections that overlap nothing so much are left out.
  let least: Double
  var truths: [Truth] = []
  /// The overlaps, [detections, truths].
  private var overlaps: [Double] = []
  private var candidates: [Candidate] = []
  /// Whether a detection can match several true objects, so that their order matters.
  private var hasChoices = false
  /// The true objects, those that are counted first.
  private var order: [Int] = []
  /// The thresholds at which each true object has a match in the last range, as bits.
  private var taken: [UInt64] = []

  /// The number of added detections that can match anything.
  var detections: Int { candidates.count }

  init(thresholds: [Double]) {
    // As in pycocotools, so that an overlap of 1 matches at a threshold of 1.
    self.thresholds = thresholds.map { min($0, 1 - 1e-10) }
    least = self.thresholds.min() ?? 0
  }

  /// Begins with the objects of another category or image.
  mutating func start(truths count: Int) {
    hasChoices = false
    overlaps.removeAll(keepingCapacity: true)
    candidates.removeAll(keepingCapacity: true)
    let none = Truth(ignored: 0, isReusable: false, isSeen: true)
    truths.removeAll(keepingCapacity: true)
    truths.append(contentsOf: repeatElement(none, count: count))
  }

  /// Adds a detection, the next by falling score, by its overlap with each true object. Returns
  /// false, and leaves it out, if it can match none.
  @inline(__always)
  mutating func addOverlaps(_ count: Int, _ overlap: (Int) -> Double) -> Bool {
    let start = overlaps.count
    var canMatch = false
    var found = 0
    var candidate = Candidate()
    for index in 0..<count {
      let value = overlap(index)
      overlaps.append(value)
      // What is not a number is below no threshold.
      if value < least { continue }
      canMatch = canMatch || value >= least
      found += 1
      candidate.truth = index
      candidate.reached |= reached(value)
    }
    guard canMatch else {
      overlaps.removeLast(overlaps.count - start)
      return false
    }
    if found > 1 {
      candidate.truth = -1
      hasChoices = true
    }
    candidates.append(candidate)
    return true
  }

  private func reached(_ overlap: Double) -> UInt64 {
    var bits: UInt64 = 0
    for (index, threshold) in thresholds.enumerated() where !(overlap < threshold) {
      bits |= 1 << UInt64(index)
    }
    return bits
  }

  /// Whether a true object has a match, at the last threshold and in the last range.
  func isTaken(_ truth: Int) -> Bool { taken[truth] >> UInt64(thresholds.count - 1) & 1 == 1 }

  /// Appends the matches of each added detection, one for each of the area ranges. `note` receives
  /// the threshold, the detection and the true object of each match that is determined; for equal
  /// ranges these are the matches of the first.
  @inline(__always)
  mutating func match(
    ranges: Int, into matches: inout [MatchOutcomes.Match],
    note: (_ threshold: Int, _ detection: Int, _ truth: Int) -> Void = { _, _, _ in }
  ) {
    let start = matches.count
    matches.append(
      contentsOf: repeatElement(MatchOutcomes.Match(), count: detections * ranges))
    for range in 0..<ranges {
      if range > 0, truths.allSatisfy({ ($0.ignored ^ $0.ignored >> UInt32(range)) & 1 == 0 }) {
        // All is counted as in the first range.
        for detection in 0..<detections {
          let first = start + detection * ranges
          matches[first + range] = matches[first]
        }
        continue
      }
      if hasChoices { putIgnoredLast(range) }
      taken.removeAll(keepingCapacity: true)
      taken.append(contentsOf: repeatElement(0, count: truths.count))
      for detection in 0..<detections {
        match(detection, range, at: start + detection * ranges + range, in: &matches, note)
      }
    }
  }

  private mutating func putIgnoredLast(_ range: Int) {
    order.removeAll(keepingCapacity: true)
    for wanted in [false, true] {
      for index in truths.indices where isIgnored(index, range) == wanted { order.append(index) }
    }
  }

  private func isIgnored(_ truth: Int, _ range: Int) -> Bool {
    truths[truth].ignored >> UInt32(range) & 1 == 1
  }

  /// Gives a detection its true objects in one range.
  @inline(__always)
  private mutating func match(
    _ detection: Int, _ range: Int, at place: Int, in matches: inout [MatchOutcomes.Match],
    _ note: (Int, Int, Int) -> Void
  ) {
    let candidate = candidates[detection]
    if candidate.truth >= 0 {
      let free: UInt64 = truths[candidate.truth].isReusable ? .max : ~taken[candidate.truth]
      take(candidate.truth, candidate.reached & free, range, &matches[place])
      Self.forEachBit(candidate.reached & free) { note($0, detection, candidate.truth) }
      return
    }
    Self.forEachBit(candidate.reached) { threshold in
      let truth = best(detection, threshold, range)
      guard truth >= 0 else { return }
      take(truth, 1 << UInt64(threshold), range, &matches[place])
      note(threshold, detection, truth)
    }
  }

  @inline(__always)
  private static func forEachBit(_ bits: UInt64, _ body: (Int) -> Void) {
    var rest = bits
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }

  @inline(__always)
  private mutating func take(
    _ truth: Int, _ bits: UInt64, _ range: Int, _ match: inout MatchOutcomes.Match
  ) {
    taken[truth] |= bits
    if truths[truth].isSeen { match.matched |= bits }
    if isIgnored(truth, range) { match.ignored |= bits }
  }

  /// Returns the free true object that a detection overlaps most, an ignored one only if there is
  /// no other; −1 for none.
  private func best(_ detection: Int, _ threshold: Int, _ range: Int) -> Int {
    var most = thresholds[threshold]
    var found = -1
    for truth in order {
      if taken[truth] >> UInt64(threshold) & 1 == 1, !truths[truth].isReusable { continue }
      if found >= 0, !isIgnored(found, range), isIgnored(truth, range) { break }
      let overlap = overlaps[detection * truths.count + truth]
      if overlap < most { continue }
      // A later one of equal overlap takes the place of an earlier one.
      most = overlap
      found = truth
    }
    return found
  }
}
