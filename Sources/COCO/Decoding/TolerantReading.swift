/// Values that are not written as in COCO and still have only one meaning.
///
/// These are tried only if the plain reading has failed, so that sound records do not pay for them.
extension JSONNode {
  /// The number that a value stands for: itself, a text that is one, or a list of one of these.
  var statedNumber: Double? {
    switch kind {
    case .string:
      guard let text = string?.trimmed, JSONNode.isNumber(text) else { return nil }
      return Double(text)
    case .array:
      let only = onlyElement
      // A list in a list in a list is nobody's number.
      return only?.kind == .array ? nil : only?.statedNumber
    default: return lenientNumber
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { JSONScanner.isNumber($0) }
  }

  /// The one element of a list; nil if there are none or several.
  private var onlyElement: JSONNode? {
    var only: JSONNode?
    var count = 0
    forEachElement { element in
      only = element
      count += 1
    }
    return count == 1 ? only : nil
  }

  /// The numbers of a list whose elements all stand for one.
  var statedNumbers: [Double]? {
    guard kind == .array else { return nil }
    var numbers: [Double] = []
    var isWhole = true
    forEachElement { element in
      if let number = element.statedNumber { numbers.append(number) } else { isWhole = false }
    }
    return isWhole ? numbers : nil
  }

  /// Returns the numbers of a list of lists of `count` numbers each.
  func statedTuples(of count: Int) -> [Double]? {
    guard kind == .array, hasElements else { return nil }
    var numbers: [Double] = []
    var isWhole = true
    forEachElement { element in
      if let tuple = element.statedNumbers, tuple.count == count {
        numbers += tuple
      } else {
        isWhole = false
      }
    }
    return isWhole ? numbers : nil
  }

  /// The box that a value stands for: an object that names its sides, four numbers as text, or a
  /// list around either.
  var statedBox: Box? {
    if kind == .object { return namedBox }
    if let numbers = statedNumbers {
      guard numbers.count == 4 else { return nil }
      return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
    return onlyElement?.statedBox
  }

  private var namedBox: Box? {
    var sides: [String: Double] = [:]
    forEachMember { key, value in
      let name = String(decoding: key.bytes, as: UTF8.self).lowercased()
      if let number = value.statedNumber { sides[name] = number }
    }
    func side(_ names: String...) -> Double? { names.lazy.compactMap { sides[$0] }.first }
    if let x = side("x", "left"), let y = side("y", "top"), let width = side("width", "w"),
      let height = side("height", "h")
    {
      return Box(x: x, y: y, width: width, height: height)
    }
    guard let x0 = side("xmin", "x_min", "x1"), let y0 = side("ymin", "y_min", "y1"),
      let x1 = side("xmax", "x_max", "x2"), let y1 = side("ymax", "y_max", "y2")
    else { return nil }
    return Box(x0: x0, y0: y0, x1: x1, y1: y1)
  }

  /// The rings of an outline that is one flat list, lists of points, or numbers as text.
  var statedRings: [[Double]]? {
    guard kind == .array, hasElements else { return nil }
    if let ring = statedRing { return ring.count >= 6 ? [ring] : nil }
    var rings: [[Double]] = []
    var isWhole = true
    forEachElement { element in
      if let ring = element.statedRing { rings.append(ring) } else { isWhole = false }
    }
    if isWhole { return rings }
    return onlyElement?.statedRings
  }

  /// The coordinates of one ring: a list of numbers, or of at least three points.
  private var statedRing: [Double]? {
    if let numbers = statedNumbers { return numbers.count.isMultiple(of: 2) ? numbers : nil }
    if let points = statedTuples(of: 2) { return points.count >= 6 ? points : nil }
    guard kind == .array, hasElements else { return nil }
    var coordinates: [Double] = []
    var isWhole = true
    forEachElement { element in
      if let (x, y) = element.namedPoint { coordinates += [x, y] } else { isWhole = false }
    }
    return isWhole && coordinates.count >= 6 ? coordinates : nil
  }

  private var namedPoint: (x: Double, y: Double)? {
    guard kind == .object else { return nil }
    var x: Double?
    var y: Double?
    forEachMember { key, value in
      if key.reads("x") { x = value.statedNumber } else if key.reads("y") { y = value.statedNumber }
    }
    guard let x, let y else { return nil }
    return (x, y)
  }

  /// The value as it is in the text, without its middle if it is long.
  var excerpt: String {
    let text = raw
    guard text.count > 60 else { return text }
    return "\(text.prefix(40)) … \(text.suffix(12))"
  }
}

extension String {
  /// The text without the blanks at its ends.
  fileprivate var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}

extension [Double] {
  /// The numbers as a JSON list, as COCO files have them.
  var listText: String { "[\(map(\.shortest).joined(separator: ", "))]" }
}
