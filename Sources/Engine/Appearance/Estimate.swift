import COCO

/// A mean over objects, with its error if the objects of one image resemble one another.
struct Estimate: Sendable, Equatable {
  let mean: Double
  /// The standard error.
  let error: Double
  let count: Int

  /// Estimates the mean of values; nil if there are none.
  ///
  /// - Parameters:
  ///   - values: A list for each image.
  ///   - leastDeviation: The least standard deviation that is assumed, since few values may be
  ///     equal by chance.
  init?(_ values: [[Double]], leastDeviation: Double = 0) {
    let all = values.flatMap { $0 }
    guard !all.isEmpty else { return nil }
    let mean = all.reduce(0, +) / Double(all.count)
    self.mean = mean
    count = all.count
    let pictures = values.filter { !$0.isEmpty }
    let squares = pictures.reduce(0) { sum, picture in
      let deviation = picture.reduce(0) { $0 + $1 - mean }
      return sum + deviation * deviation
    }
    let freedom = Double(max(pictures.count - 1, 1)) / Double(pictures.count)
    let byPicture = (squares / freedom).squareRoot() / Double(all.count)
    error = max(byPicture, leastDeviation / Double(all.count).squareRoot())
  }

  /// The lower bound of the true mean, with 97 % certainty.
  var atLeast: Double { mean - 2 * error }

  /// The upper bound of the true mean, with 97 % certainty.
  var atMost: Double { mean + 2 * error }

  /// Returns whether the true mean lies above a value by this number of standard errors.
  func isAbove(_ value: Double, by errors: Double) -> Bool { mean - errors * error > value }

  var percent: String { "\((mean * 100).brief(0)) %" }
}
