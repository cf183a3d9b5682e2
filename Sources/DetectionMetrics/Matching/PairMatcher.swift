/// A matcher of the detections of one category in one image with its true objects, greedily by
/// falling score, at every threshold and in every range of areas.
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

  private let thresholds: [Double]
  /// The lowest threshold: detections that overlap nothing so much are left out.
  let least: Double
  /// The number of added detections that can match anything.
  private(set) var detections = 0
  var truths: [Truth] = []
  /// The overlaps, [detections, truths].
  private var overlaps: [Double] = []
  /// The highest overlap of each detection; infinite if one is not a number.
  private var highest: [Double] = []
  /// The true objects, those that are counted first.
  private var order: [Int] = []
  /// Whether each true object has a match, at the last threshold and in the last range.
  private(set) var isTaken: [Bool] = []

  init(thresholds: [Double]) {
    // As in pycocotools, so that an overlap of 1 matches at a threshold of 1.
    self.thresholds = thresholds.map { min($0, 1 - 1e-10) }
    least = self.thresholds.min() ?? 0
  }

  /// Begins with the objects of another category or image.
  mutating func start(truths count: Int) {
    detections = 0
    overlaps.removeAll(keepingCapacity: true)
    highest.removeAll(keepingCapacity: true)
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
    var most = -Double.infinity
    for index in 0..<count {
      let value = overlap(index)
      canMatch = canMatch || value >= least
      if !(value <= most) { most = value.isNaN ? .infinity : value }
      overlaps.append(value)
    }
    if canMatch {
      detections += 1
      highest.append(most)
    } else {
      overlaps.removeLast(overlaps.count - start)
    }
    return canMatch
  }

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
    isTaken.removeAll(keepingCapacity: true)
    isTaken.append(contentsOf: repeatElement(false, count: truths.count))
    for range in 0..<ranges {
      if range > 0, truths.allSatisfy({ ($0.ignored ^ $0.ignored >> UInt32(range)) & 1 == 0 }) {
        // All is counted as in the first range.
        for detection in 0..<detections {
          let first = start + detection * ranges
          matches[first + range] = matches[first]
        }
        continue
      }
      putIgnoredLast(range)
      for threshold in thresholds.indices {
        for index in isTaken.indices { isTaken[index] = false }
        matchOnce(threshold, range, ranges, start, &matches, note)
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

  @inline(__always)
  private mutating func matchOnce(
    _ threshold: Int, _ range: Int, _ ranges: Int, _ start: Int,
    _ matches: inout [MatchOutcomes.Match], _ note: (Int, Int, Int) -> Void
  ) {
    for detection in 0..<detections where !(highest[detection] < thresholds[threshold]) {
      var best = thresholds[threshold]
      var found = -1
      for truth in order {
        if isTaken[truth], !truths[truth].isReusable { continue }
        if found >= 0, !isIgnored(found, range), isIgnored(truth, range) { break }
        let overlap = overlaps[detection * truths.count + truth]
        if overlap < best { continue }
        // A later one of equal overlap takes the place of an earlier one.
        best = overlap
        found = truth
      }
      guard found >= 0 else { continue }
      isTaken[found] = true
      note(threshold, detection, found)
      let place = start + detection * ranges + range
      if truths[found].isSeen { matches[place].matched |= 1 << UInt64(threshold) }
      if isIgnored(found, range) { matches[place].ignored |= 1 << UInt64(threshold) }
    }
  }
}
