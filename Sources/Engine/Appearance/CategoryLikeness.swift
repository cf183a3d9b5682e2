import Glibc

/// Whether objects of one category look more alike than objects of different ones.
struct CategoryLikeness {
  /// What an object looks like.
  struct Object {
    var category: Int64
    /// The picture that it is in.
    var picture: Int
    /// The shares of the colours, then size and shape.
    var features: [Double]

    /// The roots of the colours' shares, whose distance is Hellinger's, beside the logarithms of
    /// shape and size.
    init(_ region: ColourRegion, box: RelativeBox, category: Int64, picture: Int) {
      self.category = category
      self.picture = picture
      let pixels = Double(max(region.pixels, 1))
      features = region.counts.map { (Double($0) / pixels).squareRoot() }
      let (width, height) = (max(box.width, 1e-4), max(box.height, 1e-4))
      features.append(0.3 * log(width / height))
      features.append(0.15 * log(width * height))
    }
  }

  private static let neighbours = 3

  /// The share of the most alike objects of other pictures that are of the same category.
  let agreement: Double
  /// What that share would be if categories had nothing to do with looks, and its standard error.
  let expected: (share: Double, error: Double)
  let count: Int

  /// Nil where there is just one category, or just one picture.
  init?(_ objects: [Object]) {
    let counts = objects.reduce(into: [:] as [Int64: Int]) { $0[$1.category, default: 0] += 1 }
    guard counts.count > 1, Set(objects.map(\.picture)).count > 1 else { return nil }
    var hits = 0
    var looks = 0
    for object in objects {
      let nearest = objects.filter { $0.picture != object.picture }
        .map { (distance: Self.distance($0.features, object.features), category: $0.category) }
        .sorted { $0.distance < $1.distance }.prefix(Self.neighbours)
      hits += nearest.count { $0.category == object.category }
      looks += nearest.count
    }
    let total = Double(objects.count)
    let share = counts.values.reduce(0) { $0 + (Double($1) / total) * (Double($1) / total) }
    agreement = Double(hits) / Double(max(looks, 1))
    expected = (share, (share * (1 - share) / total).squareRoot())
    count = objects.count
  }

  private static func distance(_ first: [Double], _ second: [Double]) -> Double {
    first.indices.reduce(0) { sum, index in
      let difference = first[index] - second[index]
      return sum + difference * difference
    }
  }
}
