/// A comparison of an annotation's JSON with the intended record, value by value, without making a
/// record of it; it suffices for nearly all annotations.
struct AnnotationComparison {
  private let meant: UnsafePointer<Annotation>
  private var found: Members = []

  /// The members of an annotation's object.
  private struct Members: OptionSet {
    let rawValue: Int

    static let id = Members(rawValue: 1)
    static let image = Members(rawValue: 2)
    static let category = Members(rawValue: 4)
    static let box = Members(rawValue: 8)
    static let area = Members(rawValue: 16)
    static let crowd = Members(rawValue: 32)
    static let segmentation = Members(rawValue: 64)
  }

  /// Returns whether `node` certainly reads as `meant`. If it returns false, the full record is
  /// needed to decide: attributes, run lengths and keypoints are not compared here.
  static func reads(_ node: JSONNode, as meant: UnsafePointer<Annotation>) -> Bool {
    guard node.kind == .object, !meant.pointee.hasFurtherFields else { return false }
    var comparison = AnnotationComparison(meant: meant)
    var isSame = true
    node.forEachMember { key, value in
      isSame = isSame && comparison.member(key, value)
    }
    return isSame && comparison.found == comparison.expected
  }

  private init(meant: UnsafePointer<Annotation>) {
    self.meant = meant
  }

  private var expected: Members {
    var expected: Members = [.id, .image]
    if meant.pointee.categoryID != nil { expected.insert(.category) }
    if meant.pointee.box != nil { expected.insert(.box) }
    if meant.pointee.area != nil { expected.insert(.area) }
    if meant.pointee.isCrowd != nil { expected.insert(.crowd) }
    if meant.pointee.segmentation != nil { expected.insert(.segmentation) }
    return expected
  }

  /// Returns whether this member has the intended value, and has it for the first time.
  private mutating func member(_ key: JSONNode, _ value: JSONNode) -> Bool {
    // Told apart by length first, as in the decoder.
    switch key.bytes.count {
    case 2 where key.reads("id"):
      return first(.id) && value.integer == meant.pointee.id
    case 4 where key.reads("bbox"):
      return first(.box) && meant.pointee.box.map { Self.numbers(value, are: $0) } ?? false
    case 4 where key.reads("area"):
      return first(.area) && value.number != nil && value.number == meant.pointee.area
    case 7 where key.reads("iscrowd"):
      return first(.crowd) && value.integer != nil && value.integer == meant.pointee.isCrowd
    case 8 where key.reads("image_id"):
      return first(.image) && value.integer == meant.pointee.imageID
    case 11 where key.reads("category_id"):
      return first(.category) && value.integer != nil
        && value.integer == meant.pointee.categoryID
    case 12 where key.reads("segmentation"):
      guard let polygons = Annotation.polygons(at: meant) else { return false }
      return first(.segmentation) && Self.rings(value, are: polygons)
    default: return false
    }
  }

  private mutating func first(_ member: Members) -> Bool {
    found.insert(member).inserted
  }

  private static func numbers(_ node: JSONNode, are box: Box) -> Bool {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4) { numbers in
      numbers[0] = box.x
      numbers[1] = box.y
      numbers[2] = box.width
      numbers[3] = box.height
      return node.holds(UnsafeBufferPointer(numbers))
    }
  }

  private static func rings(_ node: JSONNode, are polygons: PolygonWords) -> Bool {
    guard node.kind == .array, node.elementCount == polygons.count else { return false }
    var ring = node.firstElement
    var areSame = true
    polygons.forEachRing { meant in
      guard areSame else { return }
      switch meant {
      case .hundredths(let meant):
        areSame = ring.hundredths.map { $0.elementsEqual(meant) } ?? false
      case .doubles(let meant): areSame = ring.holds(meant)
      }
      ring = ring.sibling
    }
    return areSame
  }
}

extension JSONNode {
  /// Returns whether this is a list of exactly these numbers.
  fileprivate func holds(_ numbers: UnsafeBufferPointer<Double>) -> Bool {
    guard kind == .array else { return false }
    var count = 0
    var areSame = true
    forEachElement { element in
      areSame = areSame && count < numbers.count && element.number == numbers[count]
      count += 1
    }
    return areSame && count == numbers.count
  }

  /// The first element of a list that has one.
  fileprivate var firstElement: JSONNode { JSONNode(result: result, index: index + 1) }
  /// The value behind this one in a list that has one.
  fileprivate var sibling: JSONNode { JSONNode(result: result, index: next) }
}
