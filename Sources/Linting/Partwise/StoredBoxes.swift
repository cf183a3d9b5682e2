import COCO
import Files

/// A rule that compares all boxes of a set, and can do so when they come part by part.
protocol StoredBoxesRule: DatasetRule {
  /// Returns the box of an annotation that the rule compares; nil if it leaves it out.
  func keeps(_ annotation: borrowing Annotation) -> Box?

  /// Judges the boxes kept; `set` has the categories.
  func check(_ stored: StoredBoxes, of set: DatasetView, into faults: inout Faults)
}

/// The sizes of a set's boxes, by category. Of many, most are in a temporary file.
final class StoredBoxes {
  private static let numbersOfBox = 5

  /// The number of boxes of each category, by its position.
  private(set) var counts: [Int]
  private let numbers = StoredNumbers()

  init(categories: Int) {
    counts = Array(repeating: 0, count: categories)
  }

  /// Adds a box of the category at a position, with its place.
  func add(_ box: Box, category: Int, at origin: Origin?) {
    counts[category] += 1
    numbers.append(Double(category))
    numbers.append(box.width)
    numbers.append(box.height)
    numbers.append(Double(origin?.file ?? -1))
    numbers.append(Double(origin?.offset ?? 0))
  }

  /// Calls `body` with the category of each box, its size at the origin of the axes, and its place,
  /// in the order in which they were added.
  func visit(_ body: (_ category: Int, _ box: Box, _ origin: Origin?) -> Void) {
    var (category, width, height, file) = (0, 0.0, 0.0, 0)
    var place = 0
    numbers.visit { number in
      switch place {
      case 0: category = Int(number)
      case 1: width = number
      case 2: height = number
      case 3: file = Int(number)
      default:
        body(
          category, Box(x: 0, y: 0, width: width, height: height),
          file < 0 ? nil : Origin(file: file, offset: Int(number)))
      }
      place = (place + 1) % Self.numbersOfBox
    }
  }
}
