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
  private static let numbersOfBox = 6

  /// The number of boxes of each category, by its position.
  private(set) var counts: [Int]
  private let numbers = StoredNumbers()

  init(categories: Int) {
    counts = Array(repeating: 0, count: categories)
  }

  /// Adds the box of an annotation of the category at a position.
  func add(_ box: Box, category: Int, of annotation: NotedAnnotation) {
    counts[category] += 1
    numbers.append(Double(category))
    numbers.append(box.width)
    numbers.append(box.height)
    numbers.append(Double(annotation.index ?? -1))
    numbers.append(Double(annotation.origin?.file ?? -1))
    numbers.append(Double(annotation.origin?.offset ?? 0))
  }

  /// Calls `body` with the category of each box, its size at the origin of the axes, and its
  /// annotation, in the order in which they were added.
  func visit(_ body: (_ category: Int, _ box: Box, _ annotation: NotedAnnotation) -> Void) {
    var (category, width, height, index, file) = (0, 0.0, 0.0, 0, 0)
    var place = 0
    numbers.visit { number in
      switch place {
      case 0: category = Int(number)
      case 1: width = number
      case 2: height = number
      case 3: index = Int(number)
      case 4: file = Int(number)
      default:
        let origin = file < 0 ? nil : Origin(file: file, offset: Int(number))
        body(
          category, Box(x: 0, y: 0, width: width, height: height),
          NotedAnnotation(index: index < 0 ? nil : index, origin: origin))
      }
      place = (place + 1) % Self.numbersOfBox
    }
  }
}
