/// The agreement of scores with the share of detections that are right.
///
/// Detections are divided by their score into bins of equal width from 0 to 1. The expected
/// calibration error is the mean distance of score and share, weighted by the bins' counts (Guo and
/// others, "On Calibration of Modern Neural Networks", 2017). Scores outside 0 … 1 count in the
/// outermost bins.
public struct CalibrationBins: Sendable, Equatable {
  /// The detections of one bin.
  public struct Bin: Sendable, Equatable {
    /// The number of detections.
    public var count = 0
    /// The number of detections that match an object.
    public var matched = 0
    /// The sum of the scores.
    public var scores = 0.0

    /// The mean score; nil for an empty bin.
    public var meanScore: Double? { count > 0 ? scores / Double(count) : nil }
    /// The share of detections that match; nil for an empty bin.
    public var accuracy: Double? { count > 0 ? Double(matched) / Double(count) : nil }
    var distance: Double { abs((accuracy ?? 0) - (meanScore ?? 0)) }
  }

  /// The ten bins, the lowest scores first.
  public private(set) var bins = [Bin](repeating: Bin(), count: 10)

  /// The number of detections in all bins.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// The expected calibration error; nil if there are no detections.
  public var expectedError: Double? {
    let count = count
    guard count > 0 else { return nil }
    return bins.reduce(0) { $0 + $1.distance * Double($1.count) } / Double(count)
  }

  /// The largest distance of score and share in any bin; nil if there are no detections.
  public var maximumError: Double? {
    bins.filter { $0.count > 0 }.map(\.distance).max()
  }

  mutating func add(score: Double, isTrue: Bool) {
    let place = score * Double(bins.count)
    // NaN does not come here; what is beyond the range of Int does.
    let bin = place >= Double(bins.count) ? bins.count - 1 : place > 0 ? Int(place) : 0
    bins[bin].count += 1
    bins[bin].scores += score
    if isTrue { bins[bin].matched += 1 }
  }

  mutating func add(_ other: CalibrationBins) {
    for index in bins.indices {
      bins[index].count += other.bins[index].count
      bins[index].matched += other.bins[index].matched
      bins[index].scores += other.bins[index].scores
    }
  }
}
