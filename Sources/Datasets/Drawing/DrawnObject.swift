public import COCO
public import Images

/// An object as it is drawn on an image, in pixels of the drawn image.
public struct DrawnObject: Sendable {
  /// The prominence of an object.
  public enum Emphasis: Sendable {
    case faint, normal, strong
  }

  /// The box, of which the edges are drawn.
  public var box: Box?
  /// The outline, filled translucently.
  public var outline: Segmentation?
  /// The keypoints as x, y, visibility, one after the other; those that are not visible are not
  /// drawn.
  public var keypoints: [Double]?
  /// The index pairs of keypoints that a line joins.
  public var skeleton: [(start: Int, end: Int)] = []
  /// The colour of edges, filling and label.
  public var colour: Colour
  /// The text beside the object; nil or empty for none.
  public var label: String?
  /// The prominence of the object.
  public var emphasis = Emphasis.normal

  /// Creates an object with no more than a box.
  public init(box: Box? = nil, colour: Colour, label: String? = nil) {
    self.box = box
    self.colour = colour
    self.label = label
  }

  /// Creates an object with all shapes of an annotation.
  ///
  /// - Parameters:
  ///   - annotation: The annotation to draw.
  ///   - category: The annotation's category; nil if it is not known.
  ///   - colours: The colours by category.
  public init(_ annotation: Annotation, category: COCO.Category?, in colours: CategoryColours) {
    let name = category?.name ?? annotation.categoryID.map { "category \($0)" } ?? "?"
    self.init(box: annotation.box, colour: colours.colour(of: name), label: name)
    if annotation.isCrowd == 1 { label = "\(name) (crowd)" }
    outline = annotation.segmentation
    set(annotation.keypoints, of: category)
  }

  /// Creates an object with all shapes of a detection, labelled with its score.
  ///
  /// - Parameters:
  ///   - detection: The detection to draw.
  ///   - category: The detection's category; nil if it is not known.
  ///   - colours: The colours by category.
  public init(_ detection: Detection, category: COCO.Category?, in colours: CategoryColours) {
    let name = category?.name ?? "category \(detection.categoryID)"
    let label = "\(name) \(detection.score.fixed(2))"
    self.init(box: detection.box, colour: colours.colour(of: name), label: label)
    outline = detection.segmentation
    set(detection.keypoints, of: category)
  }

  private mutating func set(_ keypoints: [Double]?, of category: COCO.Category?) {
    guard let keypoints else { return }
    self.keypoints = keypoints
    skeleton = Skeleton.lines(of: category, count: keypoints.count / 3)
  }

  /// The object in grey, without a label, to be drawn behind the important ones.
  public var faded: DrawnObject {
    var faded = self
    faded.colour = Colour(red: 150, green: 150, blue: 150)
    faded.emphasis = .faint
    faded.label = nil
    return faded
  }
}

/// The lines between keypoints.
enum Skeleton {
  /// Returns the lines between the first `count` keypoints: those of the category's `skeleton`.
  /// Without one, 17 keypoints are COCO's of persons, and others have no lines.
  static func lines(of category: COCO.Category?, count: Int) -> [(start: Int, end: Int)] {
    let own = category.map(pairs) ?? []
    let all = own.isEmpty && count == 17 ? person : own
    return all.filter { (0..<count).contains($0.start) && (0..<count).contains($0.end) }
  }

  /// Returns the pairs of a category's `skeleton`, whose keypoints count from 1.
  private static func pairs(of category: COCO.Category) -> [(start: Int, end: Int)] {
    guard case .array(let pairs)? = category.extra["skeleton"] else { return [] }
    return pairs.compactMap { pair in
      guard case .array(let ends) = pair, ends.count == 2, case .integer(let start) = ends[0],
        case .integer(let end) = ends[1]
      else { return nil }
      return (start &- 1, end &- 1)
    }
  }

  /// The skeleton of COCO's persons: legs, trunk, arms and head.
  private static let person = [
    (15, 13), (13, 11), (16, 14), (14, 12), (11, 12), (5, 11), (6, 12), (5, 6), (5, 7), (6, 8),
    (7, 9), (8, 10), (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6),
  ].map { (start: $0.0, end: $0.1) }
}
