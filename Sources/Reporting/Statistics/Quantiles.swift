import COCO

/// Where the numbers of a sample lie.
public struct Quantiles: Sendable, Equatable {
  public var minimum: Double
  /// 5 % are smaller.
  public var percentile5: Double
  public var percentile25: Double
  public var median: Double
  public var percentile75: Double
  public var percentile95: Double
  public var maximum: Double
  public var mean: Double

  /// nil for an empty sample. Between two numbers of the sample it is interpolated, as NumPy's
  /// default does. Reorders `values`, which must be finite.
  init?(of values: inout [Double]) {
    guard !values.isEmpty else { return nil }
    let places = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map { $0 * Double(values.count - 1) }
    let ranks = places.flatMap { [Int($0), min(Int($0) + 1, values.count - 1)] }
    // In order: adding in another one would round otherwise.
    let sum = values.reduce(0, +)
    Selection.place(Array(Set(ranks)).sorted()[...], in: &values)
    let found = places.enumerated().map { index, place in
      let low = values[ranks[2 * index]]
      let high = values[ranks[2 * index + 1]]
      return low + (high - low) * (place - place.rounded(.down))
    }
    minimum = found[0]
    percentile5 = found[1]
    percentile25 = found[2]
    median = found[3]
    percentile75 = found[4]
    percentile95 = found[5]
    maximum = found[6]
    mean = sum / Double(values.count)
  }
}
