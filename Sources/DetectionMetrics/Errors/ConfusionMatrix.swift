public import COCO

/// The confusions between categories.
///
/// Detections from a score on, by falling score, take the object that they overlap most, whatever
/// its category, from the first IoU threshold on; each object is taken once. Detections on crowd
/// regions of their category are left out.
public struct ConfusionMatrix: Sendable, Equatable {
  /// A detection with the object that it takes; the number of categories stands for the background.
  struct Pair: Sendable {
    var truth: Int32
    var detection: Int32
  }

  /// The K categories; index K of rows and columns is the background.
  public let categories: [COCO.Category]
  /// The score from which on detections are counted.
  public let leastScore: Double
  /// The counts, [K + 1, K + 1], row after row: true objects by rows, detections by columns; index
  /// K is nothing.
  public private(set) var counts: [Int]

  /// A pair with how often it occurs.
  struct Counted: Sendable {
    var pair: Pair
    var count: Int
  }

  init(_ pairs: some Sequence<Counted>, categories: [COCO.Category], leastScore: Double) {
    self.categories = categories
    self.leastScore = leastScore
    let side = categories.count + 1
    counts = [Int](repeating: 0, count: side * side)
    for counted in pairs {
      counts[Int(counted.pair.truth) * side + Int(counted.pair.detection)] += counted.count
    }
  }

  /// The pairs that occur, row after row.
  var pairs: [Counted] {
    counts.indices.filter { counts[$0] > 0 }.map { place in
      Counted(
        pair: Pair(truth: Int32(place / side), detection: Int32(place % side)),
        count: counts[place])
    }
  }

  /// The number of rows and of columns, K + 1.
  public var side: Int { categories.count + 1 }

  /// The number of true objects of one category (K: nothing) that were detected as another (K:
  /// nothing).
  public subscript(truth: Int, detection: Int) -> Int { counts[truth * side + detection] }

  /// The pairs of different categories, neither of them the background, the most frequent first.
  public var mistakes: [(truth: Int, detection: Int, count: Int)] {
    let last = categories.count
    let pairs = (0..<last).flatMap { truth in
      (0..<last).compactMap { detection in
        truth != detection && self[truth, detection] > 0
          ? (truth: truth, detection: detection, count: self[truth, detection]) : nil
      }
    }
    return pairs.stablySorted { $0.count > $1.count }
  }
}
