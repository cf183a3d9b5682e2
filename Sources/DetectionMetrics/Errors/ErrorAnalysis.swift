/// The cost of each kind of mistake in AP, as tidecv 1.0.1 computes it.
///
/// AP is the mean over categories in percent, at one IoU threshold. The cost of a kind is the rise
/// of AP if all mistakes of the kind, and no others, are fixed.
public struct ErrorAnalysis: Sendable, Equatable {
  /// The thresholds of tidecv.
  struct Settings: Sendable {
    /// The overlap from which on a detection is right.
    let positive = 0.5
    /// The overlap up to which a detection is on the background.
    let background = 0.1
    /// The number of detections of an image that are analysed.
    let mostDetections = 100
  }

  /// The AP in percent.
  public private(set) var averagePrecision: Double
  /// The cost of each kind in percentage points, at least 0.
  public private(set) var costs: [ErrorKind: Double] = [:]
  /// The number of mistakes of each kind.
  public private(set) var counts: [ErrorKind: Int] = [:]
  /// The rise of AP, in percentage points, if wrong detections had the lowest scores.
  public private(set) var falsePositiveCost: Double
  /// The rise of AP, in percentage points, if nothing were missed at the same precision.
  public private(set) var falseNegativeCost: Double

  /// Creates the analysis of `images`, which are in the order of the set.
  init(_ images: [ErrorRecords.Image], categories: Int) {
    let points = images.flatMap(\.points)
    let truths = images.flatMap(\.truths)
    var scorer = ErrorScorer(points, truths, categories: categories)
    let base = scorer.averagePrecision(of: .asFound)
    averagePrecision = base
    falsePositiveCost = scorer.averagePrecision(of: .wrongOnesLast) - base
    falseNegativeCost = scorer.averagePrecision(of: .nothingMissed) - base
    for kind in ErrorKind.allCases {
      costs[kind] = max(scorer.averagePrecision(of: .fixed(kind)) - base, 0)
      counts[kind] = points.count { $0.error == kind }
    }
    counts[.missed] = truths.count { $0.isMissed }
  }
}

extension ErrorRecords.Truth {
  var isMissed: Bool { !isFound && !isWithinReach }
}
