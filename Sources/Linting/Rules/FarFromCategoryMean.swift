import COCO
import Glibc

/// See `summary`.
struct FarFromCategoryMean: DatasetRule {
  static let kind = FaultKind.farFromCategoryMean
  static let scope = RuleScope.boxes
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
    for (category, indices) in members.enumerated() where indices.count >= boxes {
      found += outliers(among: indices, of: category, in: set)
    }
    found.sort { $0.0 < $1.0 }
    for (index, message) in found { faults.add(fault(message, .box), annotation: index, of: set) }
  }

  /// Returns whether the box can be measured.
  private static func isMeasured(_ box: Box, isCrowd: Int?) -> Bool {
    box.isFinite && box.width > 0 && box.height > 0 && (box.width / box.height).isNormal
      && isCrowd != 1
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
        guard let box = annotations[index].box,
          Self.isMeasured(box, isCrowd: annotations[index].isCrowd),
          let category = annotations[index].categoryID.flatMap(set.categoryIndex.position),
          set.categoryCounts[category] >= boxes
        else { continue }
        members[category].append(Int32(index))
      }
    }
    return members
  }

  private func outliers(
    among indices: [Int32], of category: Int, in set: DatasetView
  ) -> [(Int, String)] {
    set.dataset.annotations.withUnsafeBufferPointer { annotations in
      let boxes = indices.map { annotations[Int($0)].box ?? Box(x: 0, y: 0, width: 1, height: 1) }
      let typical = TypicalBox(
        BoxMeasure.allCases.map { measure in
          TypicalValue(measure, of: boxes.map(measure.value), beyond: deviations)
        })
      return zip(indices, boxes).compactMap { index, box in
        typical.oddity(of: box).map { (Int(index), message($0, of: category, in: set)) }
      }
    }
  }

  private func message(_ oddity: TypicalBox.Oddity, of category: Int, in set: DatasetView) -> String
  {
    let name = set.categoryName(set.dataset.categories[category].id)
    return "the box is \(oddity.factor.shortest) times as \(oddity.word) as \(name) usually is"
  }
}

extension FarFromCategoryMean: StoredBoxesRule {
  func keeps(_ annotation: borrowing Annotation) -> Box? {
    annotation.box.flatMap { Self.isMeasured($0, isCrowd: annotation.isCrowd) ? $0 : nil }
  }

  func check(_ stored: StoredBoxes, of set: DatasetView, into faults: inout Faults) {
    let typical = typicalBoxes(stored)
    stored.visit { category, box, annotation in
      guard let oddity = typical[category]?.oddity(of: box) else { return }
      faults.add(fault(message(oddity, of: category, in: set), .box), annotation, of: set)
    }
  }

  /// Returns the typical box of each category that has enough.
  private func typicalBoxes(_ stored: StoredBoxes) -> [TypicalBox?] {
    let measures = BoxMeasure.allCases
    let ranks = stored.counts.flatMap { count in
      measures.map { _ in count >= boxes ? count / 2 : nil }
    }
    let medians = GroupedSelection.numbers(at: ranks) { body in
      stored.visit { category, box, _ in
        for (place, measure) in measures.enumerated() {
          body(category * measures.count + place, measure.value(of: box))
        }
      }
    }
    let distances = GroupedSelection.numbers(at: ranks) { body in
      stored.visit { category, box, _ in
        for (place, measure) in measures.enumerated() {
          let group = category * measures.count + place
          guard let median = medians[group] else { continue }
          body(group, TypicalValue.factor(measure.value(of: box), median))
        }
      }
    }
    return stored.counts.indices.map { category in
      let values = measures.enumerated().compactMap { place, measure -> TypicalValue? in
        let group = category * measures.count + place
        guard let median = medians[group], let distance = distances[group] else { return nil }
        return TypicalValue(measure, median, distance: distance, beyond: deviations)
      }
      return values.isEmpty ? nil : TypicalBox(values)
    }
  }
}

/// A measure of a box.
private enum BoxMeasure: CaseIterable {
  case width, height, ratio

  var word: String {
    switch self {
    case .width: "wide"
    case .height: "high"
    case .ratio: "wide for its height"
    }
  }

  func value(of box: Box) -> Double {
    switch self {
    case .width: box.width
    case .height: box.height
    case .ratio: box.width / box.height
    }
  }
}

/// What the boxes of a category usually are.
private struct TypicalBox {
  /// The measure in which a box is farthest from it.
  struct Oddity {
    var word: String
    /// The multiple of the usual value, to one decimal.
    var factor: Double
  }

  private let values: [TypicalValue]

  init(_ values: [TypicalValue]) {
    self.values = values
  }

  /// Returns how a box is far from it; nil if it is not.
  func oddity(of box: Box) -> Oddity? {
    guard values.contains(where: { $0.isFar(box) }),
      let worst = values.max(by: { $0.deviations(of: box) < $1.deviations(of: box) })
    else { return nil }
    let factor = (10 * worst.measure.value(of: box) / worst.median).rounded() / 10
    return Oddity(word: worst.measure.word, factor: factor)
  }
}

/// One measure of all boxes of a category: the median, and the distance from it of half of them.
///
/// Both refer to the logarithms of the values. These grow with the values, so that medians are
/// found, and distances compared, without taking the logarithm of each.
private struct TypicalValue {
  /// The least spread: boxes drawn by hand differ by more, and a set of equal ones has none of its
  /// own.
  private static let smallest = 0.05

  let measure: BoxMeasure
  let median: Double
  private let unit: Double
  /// The largest factor between a value and the median that is not far.
  private let most: Double

  /// - Parameters:
  ///   - distance: The median of the factors between the values and the median.
  ///   - deviations: The number of units from which on a value is far.
  init(_ measure: BoxMeasure, _ median: Double, distance: Double, beyond deviations: Double) {
    self.measure = measure
    self.median = median
    unit = max(1.4826 * log(distance), Self.smallest)
    most = exp(deviations * unit)
  }

  init(_ measure: BoxMeasure, of values: [Double], beyond deviations: Double) {
    let median = Self.median(values)
    let distance = Self.median(values.map { Self.factor($0, median) })
    self.init(measure, median, distance: distance, beyond: deviations)
  }

  func isFar(_ box: Box) -> Bool { Self.factor(measure.value(of: box), median) > most }

  func deviations(of box: Box) -> Double { log(Self.factor(measure.value(of: box), median)) / unit }

  /// Returns the factor between the larger and the smaller value.
  static func factor(_ value: Double, _ other: Double) -> Double {
    max(value, other) / min(value, other)
  }

  private static func median(_ values: [Double]) -> Double {
    var values = values
    let middle = values.count / 2
    Selection.place([middle][...], in: &values)
    return values[middle]
  }
}
