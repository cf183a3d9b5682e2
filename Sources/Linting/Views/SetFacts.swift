import COCO
import Files

/// What all annotations of a set say together, by which each of them is judged.
struct SetFacts: Sendable {
  /// The number of annotations of each category, by its position.
  let categoryCounts: [Int]
  /// The numbers of annotations with an outline and of those with an empty list in its place.
  let outlines: OutlineCounts
  /// Whether all areas are 0 or 1 although the boxes are larger.
  let hasUnitAreas: Bool
  /// The convention of the boxes, if they prove that it is not COCO's.
  let boxReading: BoxReading?
  /// The first box that indicates this convention.
  let firstOddBox: NotedAnnotation?

  /// The facts about a set with nothing odd about it as a whole.
  static let sound = SetFacts(
    categoryCounts: [], outlines: OutlineCounts(), hasUnitAreas: false, boxReading: nil,
    firstOddBox: nil)

  /// Returns whether an annotation is judged alike by these facts and by others.
  func judgesAlike(_ other: SetFacts) -> Bool {
    hasUnitAreas == other.hasUnitAreas && boxReading == other.boxReading
      && (outlines == other.outlines || !(outlines.areMixed || other.outlines.areMixed))
  }
}

/// An annotation at which a fault of a whole set is reported.
struct NotedAnnotation: Sendable, Equatable {
  /// The index among the set's annotations; nil if it is not known.
  var index: Int?
  /// The place.
  var origin: Origin?
}

/// The numbers of annotations with an outline and of those with an empty list in its place.
struct OutlineCounts: Sendable, Equatable {
  private(set) var present = 0
  private(set) var empty = 0
  /// The first annotation with an empty list.
  private(set) var firstEmpty: NotedAnnotation?

  /// Whether there are annotations of both kinds.
  var areMixed: Bool { present > 0 && empty > 0 }

  fileprivate mutating func count(_ annotation: borrowing Annotation, at index: Int) {
    switch annotation.segmentation {
    case nil: return
    case .polygons(let polygons)? where polygons.isEmpty:
      empty += 1
      if firstEmpty == nil {
        firstEmpty = NotedAnnotation(index: index, origin: annotation.origin)
      }
    case .polygons?: present += 1
    // A single run holds no pixel.
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?:
      if mask.counts.count > 1 { present += 1 }
    }
  }
}

/// A test whether all areas are 0 or 1.
private struct UnitAreas {
  private var units = 0
  private var others = 0

  /// The least area of a box that counts; one of a few pixels may well have an area of 1.
  private static let smallest = 4.0

  mutating func count(_ area: Double?, of box: Box?) {
    guard others == 0, let area, let box, box.isFinite, box.area > Self.smallest else { return }
    if area == 0 || area == 1 { units += 1 } else { others += 1 }
  }

  /// Whether all areas are 0 or 1; one object proves nothing.
  var areUnits: Bool { others == 0 && units > 1 }
}

/// A count of a set's annotations.
struct AnnotationTally {
  private(set) var categoryCounts: [Int]
  private(set) var outlines = OutlineCounts()
  private var areas = UnitAreas()

  /// Begins with a set of this number of categories.
  init(categories: Int) {
    categoryCounts = Array(repeating: 0, count: categories)
  }

  /// Counts the annotation at `index`, whose category is at the position `category`.
  mutating func count(_ annotation: borrowing Annotation, at index: Int, category: Int?) {
    if let category { categoryCounts[category] += 1 }
    outlines.count(annotation, at: index)
    areas.count(annotation.area, of: annotation.box)
  }

  /// Whether all areas are 0 or 1 although the boxes are larger.
  var hasUnitAreas: Bool { areas.areUnits }
}

/// The facts about a set that comes part by part.
struct PartwiseFacts {
  private var tally: AnnotationTally
  private var reading: PartwiseBoxReading
  /// The number of annotations.
  private(set) var count = 0
  private let categories: IDIndex

  /// Begins with a set of these categories and at most this number of annotations.
  init(categories: [COCO.Category], atMost count: Int) {
    tally = AnnotationTally(categories: categories.count)
    self.categories = IDIndex(categories.map(\.id))
    reading = PartwiseBoxReading(atMost: count)
  }

  /// Adds the annotations of a part, with the facts about its images, if they were examined.
  mutating func add(_ part: Dataset, pictures: [PictureFacts?]) {
    part.annotations.withUnsafeBufferPointer { annotations in
      for index in annotations.indices {
        tally.count(
          annotations[index], at: count + index,
          category: annotations[index].categoryID.flatMap(categories.position))
      }
    }
    count += part.annotations.count
    reading.add(part) { DatasetView.size(of: part.images[$0], pictures, at: $0) }
  }

  /// The facts about all parts.
  var facts: SetFacts {
    let found = reading.reading
    return SetFacts(
      categoryCounts: tally.categoryCounts, outlines: tally.outlines,
      hasUnitAreas: tally.hasUnitAreas, boxReading: found?.0,
      firstOddBox: found.map { NotedAnnotation(index: nil, origin: $0.first) })
  }
}
