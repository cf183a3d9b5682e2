import COCO

/// The distribution of a sample of numbers.
public struct Quantiles: Sendable, Equatable {
  /// The smallest number.
  public var minimum: Double
  /// The number that 5 % of the sample are below.
  public var percentile5: Double
  /// The number that 25 % of the sample are below.
  public var percentile25: Double
  /// The number that half of the sample are below.
  public var median: Double
  /// The number that 75 % of the sample are below.
  public var percentile75: Double
  /// The number that 95 % of the sample are below.
  public var percentile95: Double
  /// The largest number.
  public var maximum: Double
  /// The mean.
  public var mean: Double

  /// Computes the quantiles of `values`; nil if there are none. Between two numbers it interpolates
  /// as NumPy's default does.
  init?(of values: StoredNumbers) {
    guard values.count > 0 else { return nil }
    let places = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map { $0 * Double(values.count - 1) }
    let ranks = places.flatMap { [Int($0), min(Int($0) + 1, values.count - 1)] }
    // In order: adding in another one would round otherwise.
    var sum = 0.0
    values.visit { sum += $0 }
    mean = sum / Double(values.count)
    let numbers = values.numbers(at: Set(ranks))
    let found = places.enumerated().map { index, place in
      let low = numbers[ranks[2 * index], default: 0]
      let high = numbers[ranks[2 * index + 1], default: 0]
      return low + (high - low) * (place - place.rounded(.down))
    }
    minimum = found[0]
    percentile5 = found[1]
    percentile25 = found[2]
    median = found[3]
    percentile75 = found[4]
    percentile95 = found[5]
    maximum = found[6]
  }
}
