/// What AP the mistakes of each kind cost: tidecv 1.0.1's figures.
///
/// AP is the mean over categories in percent, at one IoU threshold. The cost of a kind is how much
/// it rises when all mistakes of the kind, and no others, are mended.
public struct ErrorAnalysis: Sendable, Equatable {
  /// tidecv's thresholds.
  struct Settings: Sendable {
    /// From which overlap on a detection is right.
    let positive = 0.5
    /// Up to which overlap a detection is on the background.
    let background = 0.1
    /// How many detections of an image are looked at.
    let mostDetections = 100
  }

  /// Percent.
  public private(set) var averagePrecision: Double
  /// Percentage points, not below 0.
  public private(set) var costs: [ErrorKind: Double] = [:]
  public private(set) var counts: [ErrorKind: Int] = [:]
  /// What AP would rise by if wrong detections had the lowest scores.
  public private(set) var falsePositiveCost: Double
  /// What AP would rise by if nothing were missed, at the same precision.
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
      costs[kind] = max(scorer.averagePrecision(of: .mended(kind)) - base, 0)
      counts[kind] = points.count { $0.error == kind }
    }
    counts[.missed] = truths.count { $0.isMissed }
  }
}

extension ErrorRecords.Truth {
  var isMissed: Bool { !isFound && !isWithinReach }
}
