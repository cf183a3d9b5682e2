import COCO
import Glibc

/// See `summary`.
struct FarFromCategoryMean: DatasetRule {
  static let kind = FaultKind.farFromCategoryMean
  static let summary = "a box whose size or shape is far from typical for its category"
  static let explanation = """
    The deviation is measured on the logarithms of width, height and aspect ratio, from the \
    category's median, in units of its median absolute deviation (scaled by 1.4826 to be \
    comparable with a standard deviation; Leys et al., "Detecting outliers", 2013), so that \
    outliers do not hide themselves. The unit is at least 0.05, because boxes drawn by hand differ \
    by that much. The usual cause is a wrong label or a box around several objects. `deviations` is \
    the largest deviation allowed, in these units, and `boxes` is the number of boxes that a \
    category needs to be checked; crowds are left out.
    """
  static let examples = [
    Example.flags("a giant among crabs", Self.crabs(last: Box(x: 0, y: 0, width: 60, height: 46))),
    Example.allows("crabs of similar size", Self.crabs(last: Box(x: 2, y: 2, width: 9, height: 8))),
  ]

  /// Returns thirty crabs of about the same size, and one more.
  private static func crabs(last: Box) -> Dataset {
    var set = Dataset.example()
    set.annotations = (1...30).map { number in
      let side = 8 + Double(number % 5) * 0.5
      return .object(number, Double(number), Double(number % 7) * 5, side, side + 0.25)
    }
    set.annotations.append(.object(31, last.x, last.y, last.width, last.height))
    return set
  }

  var deviations = 8.0
  var boxes = 30

  func check(_ set: DatasetView, into faults: inout Faults) {
    let members = boxesByCategory(of: set)
    var found: [(Int, String)] = []
    for indices in members where indices.count >= boxes {
      found += outliers(among: indices, of: set)
    }
    found.sort { $0.0 < $1.0 }
    for (index, message) in found { faults.add(fault(message, .box), annotation: index, of: set) }
  }

  /// Returns the annotations of each category whose boxes can be measured.
  private func boxesByCategory(of set: DatasetView) -> [[Int32]] {
    var members = set.categoryCounts.map { count in
      var list: [Int32] = []
      list.reserveCapacity(count >= boxes ? count : 0)
      return list
    }
    set.dataset.annotations.withUnsafeBufferPointer { annotations in
      for index in annotations.indices {
        guard let box = annotations[index].box, box.isFinite, box.width > 0, box.height > 0,
          (box.width / box.height).isNormal, annotations[index].isCrowd != 1,
          let category = annotations[index].categoryID.flatMap(set.categoryIndex.position),
          set.categoryCounts[category] >= boxes
        else { continue }
        members[category].append(Int32(index))
      }
    }
    return members
  }

  private func outliers(among indices: [Int32], of set: DatasetView) -> [(Int, String)] {
    let measures = [
      Measure("wide", set.measured(indices) { $0.width }),
      Measure("high", set.measured(indices) { $0.height }),
      Measure("wide for its height", set.measured(indices) { $0.width / $0.height }),
    ]
    let far = Set(measures.flatMap { $0.positions(beyond: deviations) })
    return far.compactMap { position in
      let worst = measures.max { $0.deviations(at: position) < $1.deviations(at: position) }
      guard let worst else { return nil }
      let factor = (10 * worst.values[position] / worst.median).rounded() / 10
      let index = Int(indices[position])
      let category = set.categoryName(set.dataset.annotations[index].categoryID)
      return (
        index, "the box is \(factor.shortest) times as \(worst.word) as \(category) usually is"
      )
    }
  }
}

/// One measure of all boxes of a category: the median, and the distance from it of half of them.
///
/// Both refer to the logarithms of the values. These grow with the values, so that medians are
/// found, and distances compared, without taking the logarithm of each.
private struct Measure {
  /// The least spread: boxes drawn by hand differ by more, and a set of equal ones has none of its
  /// own.
  private static let smallest = 0.05

  let word: String
  let values: [Double]
  let median: Double
  private let unit: Double

  init(_ word: String, _ values: [Double]) {
    let median = Self.median(values)
    self.word = word
    self.values = values
    self.median = median
    unit = max(
      1.4826 * log(Self.median(values.map { Self.factor($0, median) })), Self.smallest)
  }

  func deviations(at position: Int) -> Double { log(Self.factor(values[position], median)) / unit }

  /// Returns the positions of the values that differ by more than this number of units.
  func positions(beyond deviations: Double) -> [Int] {
    let most = exp(deviations * unit)
    return values.indices.filter { Self.factor(values[$0], median) > most }
  }

  /// Returns the factor between the larger and the smaller value.
  private static func factor(_ value: Double, _ other: Double) -> Double {
    max(value, other) / min(value, other)
  }

  private static func median(_ values: [Double]) -> Double {
    var values = values
    let middle = values.count / 2
    Selection.place([middle][...], in: &values)
    return values[middle]
  }
}

extension DatasetView {
  fileprivate func measured(_ indices: [Int32], _ measure: (Box) -> Double) -> [Double] {
    dataset.annotations.withUnsafeBufferPointer { annotations in
      indices.map { index in annotations[Int(index)].box.map(measure) ?? 1 }
    }
  }
}
