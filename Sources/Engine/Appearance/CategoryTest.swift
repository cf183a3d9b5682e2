import COCO
import Torch

/// Whether categories have to do with what objects look like: a linear model learns from some pictures
/// to tell categories apart, and has to on pictures that it has not seen. The same is done with the
/// categories exchanged at random between the objects, which tells what chance would make.
struct CategoryTest {
  /// The share of objects whose category is told right.
  let told: Estimate
  /// That share with categories exchanged: its mean and standard deviation.
  let chance: (mean: Double, deviation: Double)
  /// The share of pairs of objects of a picture that have one category, and what chance makes of it.
  let alike: Double
  let alikeByChance: (mean: Double, deviation: Double)
  /// How many categories there are.
  let categories: Int
  /// Of the objects whose category is clearest to the model, the share that is told right.
  let clearest: Estimate
  /// How many other categories fit clear objects that are told wrong less than the one they have: about
  /// half where it was drawn at random, nearly all where it is like the one that is told.
  let rankOfGiven: Estimate?

  private static let exchanges = 10
  private static let clearShare = 0.4

  /// Nil where there is just one category, or just one picture.
  init?(_ looks: [PictureLooks], seed: UInt64) {
    let chosen = looks.map { look in
      look.rows.indices.filter {
        look.rows[$0].source == .own && look.rows[$0].placement == .asGiven
      }
    }
    let objects = zip(looks, chosen).flatMap { look, rows in
      rows.map { look.labels[look.rows[$0].object] }
    }
    let pictures = chosen.enumerated().flatMap { index, rows in rows.map { _ in index } }
    let labels = Set(objects).sorted()
    guard labels.count > 1, Set(pictures).count > 1 else { return nil }
    categories = labels.count
    let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    let given = objects.map { places[$0, default: 0] }
    let ridge = HeldOutRidge(
      .concatenate(zip(looks, chosen).map { Self.features($0, $1) }), pictures: pictures,
      weights: [Double](repeating: 1, count: objects.count))
    var generator = SeededGenerator(seed: seed)
    let exchanged = (0..<Self.exchanges).map { _ in given.shuffled(using: &generator) }
    let scores = Self.scores(ridge, ([given] + exchanged), categories: labels.count)
    let guesses = scores.map { $0.map(\.best) }
    let right = zip(guesses[0], given).map { $0 == $1 ? 1.0 : 0 }
    let groups = Self.groups(pictures)
    guard let told = Estimate(groups.map { $0.map { right[$0] } }, leastDeviation: 0.3) else {
      return nil
    }
    self.told = told
    chance = Self.spread(
      zip(exchanged, guesses.dropFirst()).map { labels, guesses in
        Double(zip(labels, guesses).count { $0 == $1 }) / Double(labels.count)
      })
    alike = Self.alike(given, groups)
    alikeByChance = Self.spread(exchanged.map { Self.alike($0, groups) })
    let order = given.indices.sorted {
      (scores[0][$1].margin, $0) < (scores[0][$0].margin, $1)
    }
    let clear = order.prefix(max(1, Int(Double(order.count) * Self.clearShare)))
    clearest = Estimate(clear.map { [right[$0]] }, leastDeviation: 0.3) ?? told
    rankOfGiven = Estimate(
      clear.filter { right[$0] == 0 }.map { object in
        scores[0][object].rank(of: given[object]).map { [$0] } ?? []
      })
  }

  /// How sure it is that categories have to do with looks, in standard deviations of chance.
  var certaintyOfLooks: Double { (told.mean - chance.mean) / max(chance.deviation, 0.005) }

  /// How sure it is that categories have to do with pictures.
  var certaintyOfPictures: Double {
    (alike - alikeByChance.mean) / max(alikeByChance.deviation, 0.005)
  }

  /// What objects look like, and their shapes, [rows, features].
  private static func features(_ look: PictureLooks, _ rows: [Int]) -> Tensor {
    let objects = Tensor(rows.map { Int64(look.rows[$0].object) })
    return .concatenate(
      [look.features(of: rows), look.shapes.indexSelect(dim: 0, objects)], dim: 1)
  }

  /// What a model makes of one object, by category, less the share that the category has.
  private struct Scores {
    let values: [Double]
    let best: Int

    init(_ values: [Double], shares: [Double]) {
      best = values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0
      self.values = zip(values, shares).map { $0 - $1 }
    }

    /// By how much the best is ahead of the second.
    var margin: Double {
      let others = values.indices.filter { $0 != best }.map { values[$0] }
      return values[best] - (others.max() ?? 0)
    }

    /// The share of the other categories, without the best, that score less than this one.
    func rank(of category: Int) -> Double? {
      let others = values.indices.filter { $0 != best && $0 != category }
      guard !others.isEmpty else { return nil }
      return Double(others.count { values[$0] < values[category] }) / Double(others.count)
    }
  }

  /// What models make of all objects, for each list of labels.
  private static func scores(
    _ ridge: HeldOutRidge, _ lists: [[Int]], categories: Int
  ) -> [[Scores]] {
    lists.map { labels in
      let shares = (0..<categories).map { category in
        Double(labels.count { $0 == category }) / Double(labels.count)
      }
      let targets = labels.flatMap { label in
        (0..<categories).map { ($0 == label ? 1 : 0) - shares[$0] }
      }
      let values: [Double] = ridge.predictions(
        of: Tensor(targets, shape: [labels.count, categories])
      ).contiguous().scalars()
      return labels.indices.map { object in
        let own = values[(object * categories)..<((object + 1) * categories)]
        return Scores(zip(own, shares).map { $0 + $1 }, shares: shares)
      }
    }
  }

  /// The objects of each picture.
  private static func groups(_ pictures: [Int]) -> [[Int]] {
    Array(
      Dictionary(grouping: pictures.indices) { pictures[$0] }.sorted { $0.key < $1.key }
        .map(\.value))
  }

  private static func alike(_ labels: [Int], _ groups: [[Int]]) -> Double {
    var (same, all) = (0, 0)
    for group in groups {
      let counts = Dictionary(grouping: group) { labels[$0] }.values.map(\.count)
      same += counts.reduce(0) { $0 + $1 * ($1 - 1) }
      all += group.count * (group.count - 1)
    }
    return Double(same) / Double(max(all, 1))
  }

  private static func spread(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(max(values.count - 1, 1))).squareRoot())
  }
}
