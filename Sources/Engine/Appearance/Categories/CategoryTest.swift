import COCO
import Torch

/// A test of whether categories are related to objects' looks: a linear model learns from some
/// images to distinguish categories, and predicts them on images that it has not seen. The same
/// with categories exchanged at random between the objects gives the result of chance.
struct CategoryTest {
  /// The share of objects whose category is guessed right.
  let guessed: Estimate
  /// The same share with categories exchanged: its mean and standard deviation.
  let chance: (mean: Double, deviation: Double)
  /// The share of pairs of objects of an image that have one category, and that share by chance.
  let alike: Double
  let alikeByChance: (mean: Double, deviation: Double)
  /// The share guessed right among the objects whose category is clearest to the model.
  let clearest: Estimate
  /// The number of other categories that fit clear but wrongly guessed objects less than the given
  /// one: about half of them if it was drawn at random, nearly all if it resembles the guessed one.
  let rankOfGiven: Estimate?

  /// The lead of each object's own category over the best other one; negative if it is behind.
  let scores: [ObjectScore]
  /// The objects, among those whose category is clearest, that look like another one, with its
  /// label.
  let suspects: [(annotation: Int, label: Int64)]

  private static let exchanges = 10
  private static let clearShare = 0.4

  /// Runs the test; nil if there is only one category, or only one image.
  init?(_ looks: [PictureLooks], seed: UInt64) {
    guard looks.count > 1 else { return nil }
    let objects = ObjectRows(looks)
    guard objects.categories > 1, objects.groups.count > 1 else { return nil }
    let ridge = HeldOutRidge(
      objects.features, pictures: objects.pictures,
      weights: [Double](repeating: 1, count: objects.labels.count))
    func taught(_ labels: [Int]) -> [Scores] {
      Self.scores(ridge, labels, categories: objects.categories)
    }
    let given = objects.labels
    let own = taught(given)
    let right = zip(own, given).map { $0.best == $1 ? 1.0 : 0 }
    guard let guessed = Estimate(objects.groups.map { $0.map { right[$0] } }, leastDeviation: 0.3)
    else { return nil }
    self.guessed = guessed
    var generator = SeededGenerator(seed: seed)
    let exchanged = (0..<Self.exchanges).map { _ in given.shuffled(using: &generator) }
    chance = Self.spread(
      exchanged.map { labels in
        Double(zip(taught(labels), labels).count { $0.best == $1 }) / Double(labels.count)
      })
    alike = Self.alike(given, objects.groups)
    alikeByChance = Self.spread(exchanged.map { Self.alike($0, objects.groups) })
    let margins = own.map(\.margin)
    let order = given.indices.sorted { (margins[$1], $0) < (margins[$0], $1) }
    let clear = order.prefix(max(1, Int(Double(order.count) * Self.clearShare)))
    scores = given.indices.map {
      ObjectScore(annotation: objects.annotations[$0], score: own[$0].lead(of: given[$0]))
    }
    suspects = clear.filter { right[$0] == 0 }.map {
      (objects.annotations[$0], objects.names[own[$0].best])
    }
    clearest = Estimate(clear.map { [right[$0]] }, leastDeviation: 0.3) ?? guessed
    rankOfGiven = Estimate(
      clear.filter { right[$0] == 0 }.map { object in
        own[object].rank(of: given[object]).map { [$0] } ?? []
      })
  }

  /// The certainty that categories are related to looks, in standard deviations of chance.
  var certaintyOfLooks: Double { (guessed.mean - chance.mean) / max(chance.deviation, 0.005) }

  /// The certainty that categories are related to images.
  var certaintyOfPictures: Double {
    (alike - alikeByChance.mean) / max(alikeByChance.deviation, 0.005)
  }

  /// The objects of all images, one after the other.
  private struct ObjectRows {
    /// The looks and shapes, [objects, features].
    let features: Tensor
    /// The image of each object.
    let pictures: [Int]
    /// The range of each image's objects.
    let groups: [Range<Int>]
    /// The categories, numbered from 0.
    let labels: [Int]
    let categories: Int
    /// The labels that the dataset has for them.
    let names: [Int64]
    /// The objects' indices in the dataset.
    let annotations: [Int]

    init(_ looks: [PictureLooks]) {
      let rows = looks.map { look in
        look.rows.indices.filter {
          look.rows[$0].source == .own && look.rows[$0].placement == .asGiven
        }
      }
      let own = zip(looks, rows).map { look, rows in rows.map { look.rows[$0].object } }
      features = .concatenate(
        zip(looks, zip(rows, own)).map { look, rows in
          let shapes = look.shapes.indexSelect(dim: 0, Tensor(rows.1.map(Int64.init)))
          return .concatenate([look.features(of: rows.0), shapes], dim: 1)
        })
      pictures = rows.enumerated().flatMap { picture, rows in rows.map { _ in picture } }
      var start = 0
      groups = rows.filter { !$0.isEmpty }.map { rows in
        defer { start += rows.count }
        return start..<(start + rows.count)
      }
      let seen = zip(looks, own).flatMap { look, objects in objects.map { look.objects[$0] } }
      annotations = seen.map(\.annotation)
      let ids = seen.map(\.label)
      names = Set(ids).sorted()
      let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      labels = ids.map { numbers[$0, default: 0] }
      categories = names.count
    }
  }

  /// The scores that a model gives one object, by category, less the share of the category.
  private struct Scores {
    let values: [Double]
    let best: Int

    init(_ values: [Double], shares: [Double]) {
      best = values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0
      self.values = zip(values, shares).map { $0 - $1 }
    }

    /// The lead of the best category over the second.
    var margin: Double { lead(of: best) }

    /// Returns the lead of a category over the best of the others; negative if it is behind.
    func lead(of category: Int) -> Double {
      let others = values.indices.filter { $0 != category }.map { values[$0] }
      return values[category] - (others.max() ?? 0)
    }

    /// Returns the share of the other categories, without the best, that score less than this one.
    func rank(of category: Int) -> Double? {
      let others = values.indices.filter { $0 != best && $0 != category }
      guard !others.isEmpty else { return nil }
      return Double(others.count { values[$0] < values[category] }) / Double(others.count)
    }
  }

  /// Returns the scores of all objects by a model that is taught these labels.
  private static func scores(
    _ ridge: HeldOutRidge, _ labels: [Int], categories: Int
  ) -> [Scores] {
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

  private static func alike(_ labels: [Int], _ groups: [Range<Int>]) -> Double {
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
