import COCO
import Images

/// Draws the keypoints of an object, and the lines between those that belong together.
struct KeypointDrawing {
  /// Indices of the keypoints at both ends of each line.
  private let lines: [(start: Int, end: Int)]

  /// - Parameters:
  ///   - category: of the object, whose `skeleton` says which keypoints belong together; without one
  ///     17 keypoints are COCO's of persons, and others are dots alone.
  ///   - count: of keypoints.
  init(of category: COCO.Category?, count: Int) {
    let own = category.map(Self.skeleton) ?? []
    let pairs = own.isEmpty && count == 17 ? Self.person : own
    lines = pairs.filter { (0..<count).contains($0.start) && (0..<count).contains($0.end) }
  }

  /// - Parameters:
  ///   - keypoints: x, y, visibility of each in turn; what is not visible is not drawn.
  ///   - thickness: of lines, pixels.
  func draw(
    _ keypoints: [Double], on picture: inout Bitmap, colour: LabelImage.Colour, thickness: Int
  ) {
    let places = stride(from: 0, to: keypoints.count - 2, by: 3).map { index -> Bitmap.Place? in
      let (x, y) = (keypoints[index], keypoints[index + 1])
      // What lies far away is nowhere that could be drawn.
      guard keypoints[index + 2] > 0, abs(x) < 1e6, abs(y) < 1e6 else { return nil }
      return Bitmap.Place(column: Int(x.rounded(.down)), row: Int(y.rounded(.down)))
    }
    for line in lines {
      guard let start = places[line.start], let end = places[line.end] else { continue }
      picture.drawLine(from: start, to: end, colour: colour, thickness: thickness)
    }
    let white = LabelImage.Colour(red: 255, green: 255, blue: 255)
    for place in places.compactMap({ $0 }) {
      picture.drawDot(at: place, colour: white, diameter: thickness * 3 + 2)
      picture.drawDot(at: place, colour: colour, diameter: thickness * 3)
    }
  }

  /// The pairs of a category's `skeleton`, whose keypoints count from 1.
  private static func skeleton(of category: COCO.Category) -> [(start: Int, end: Int)] {
    guard case .array(let pairs)? = category.extra["skeleton"] else { return [] }
    return pairs.compactMap { pair in
      guard case .array(let ends) = pair, ends.count == 2, case .integer(let start) = ends[0],
        case .integer(let end) = ends[1]
      else { return nil }
      return (start - 1, end - 1)
    }
  }

  /// COCO's persons: legs, trunk, arms and head.
  private static let person = [
    (15, 13), (13, 11), (16, 14), (14, 12), (11, 12), (5, 11), (6, 12), (5, 6), (5, 7), (6, 8),
    (7, 9), (8, 10), (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6),
  ].map { (start: $0.0, end: $0.1) }
}
