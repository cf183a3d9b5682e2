import COCO
import Glibc

/// A region of the VGG Image Annotator: `region_shape_attributes` as it stands in JSON.
struct VIARegion {
  /// The box of the shape.
  private(set) var box: Box
  /// The outline, for polygons.
  private(set) var ring: [Double] = []
  /// The shape's name if the box alone does not show it.
  private(set) var shape: String?

  init(_ shape: JSONObject) throws(WellKnownTextFault) {
    guard case .string(let name)? = shape["name"] else {
      throw WellKnownTextFault(message: "the region's shape has no name")
    }
    switch name {
    case "rect":
      box = Box(
        x: try Self.number("x", shape), y: try Self.number("y", shape),
        width: try Self.number("width", shape), height: try Self.number("height", shape))
    case "polygon":
      ring = try Self.corners(shape)
      guard ring.count >= 6, let extent = Polygons([ring]).extent else {
        throw WellKnownTextFault(
          message: "expected a polygon of at least 3 corners, found \(ring.count / 2)")
      }
      box = extent
    case "circle":
      let radius = try Self.number("r", shape)
      box = try Self.box(around: shape, width: radius, height: radius)
      self.shape = name
    case "ellipse":
      box = try Self.ellipse(shape)
      self.shape = name
    case "point", "polyline":
      throw WellKnownTextFault(message: "a \(name) encloses nothing and cannot be an object")
    default:
      throw WellKnownTextFault(
        message: "expected rect, polygon, circle or ellipse as shape, found \"\(name)\"")
    }
  }

  /// Returns the box of an ellipse that is turned by `theta`.
  private static func ellipse(_ shape: JSONObject) throws(WellKnownTextFault) -> Box {
    let rx = try number("rx", shape)
    let ry = try number("ry", shape)
    let theta = shape["theta"] == nil ? 0 : try number("theta", shape)
    let (sine, cosine) = (sin(theta), cos(theta))
    guard sine != 0 else { return try box(around: shape, width: rx, height: ry) }
    return try box(
      around: shape, width: hypot(rx * cosine, ry * sine), height: hypot(rx * sine, ry * cosine))
  }

  private static func box(
    around shape: JSONObject, width: Double, height: Double
  ) throws(WellKnownTextFault) -> Box {
    let cx = try number("cx", shape)
    let cy = try number("cy", shape)
    return Box(x0: cx - width, y0: cy - height, x1: cx + width, y1: cy + height)
  }

  private static func corners(_ shape: JSONObject) throws(WellKnownTextFault) -> [Double] {
    let xs = try numbers("all_points_x", shape)
    let ys = try numbers("all_points_y", shape)
    guard xs.count == ys.count else {
      throw WellKnownTextFault(message: "the polygon has \(xs.count) x and \(ys.count) y")
    }
    var ring = zip(xs, ys).flatMap { [$0, $1] }
    if ring.count > 6, ring.prefix(2) == ring.suffix(2) { ring.removeLast(2) }
    return ring
  }

  private static func numbers(_ name: String, _ shape: JSONObject) throws(WellKnownTextFault)
    -> [Double]
  {
    guard case .array(let values)? = shape[name] else {
      throw WellKnownTextFault(message: "the shape has no list \(name)")
    }
    let numbers = values.compactMap(\.asNumber)
    guard numbers.count == values.count else {
      throw WellKnownTextFault(message: "\(name): expected numbers only")
    }
    return numbers
  }

  private static func number(_ name: String, _ shape: JSONObject) throws(WellKnownTextFault)
    -> Double
  {
    guard let value = shape[name] else {
      throw WellKnownTextFault(message: "the shape has no \(name)")
    }
    guard let number = value.asNumber else {
      throw WellKnownTextFault(message: "\(name) of the shape: expected a number")
    }
    return number
  }
}

/// The properties of an object in VIA's `region_attributes`.
struct VIAProperties {
  private(set) var label: String?
  private(set) var attributes = JSONObject()

  /// Reads the properties. The class is the property `chosen`, or else one with a usual name, the
  /// only one, or all of them.
  init(_ properties: JSONObject, chosen: String?) {
    let named = properties.members.compactMap { member in
      Self.text(member.value).map { (name: member.name, text: $0) }
    }
    var key = chosen
    if key == nil {
      let ranked = named.compactMap { member in
        CSVColumnName(member.name).rank(as: .class).map { (name: member.name, rank: $0) }
      }
      key = ranked.min { $0.rank < $1.rank }?.name
    }
    if key == nil, let first = named.first, named.allSatisfy({ $0.text == first.text }) {
      key = first.name
    }
    label = named.first { $0.name == key }?.text
    let sameAsLabel = chosen == nil ? label : nil
    for member in properties.members where member.name != key {
      let text = Self.text(member.value)
      if text == nil || text == sameAsLabel { continue }
      attributes.members.append(member)
    }
  }

  /// Returns a property as text: what was typed or chosen; of check boxes, those that are ticked.
  private static func text(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text.isEmpty ? nil : text
    case .integer(let integer): String(integer)
    case .number(let number): String(number)
    case .object(let boxes):
      boxes.members.filter { $0.value == .bool(true) }.map(\.name).joined(separator: ", ").nonEmpty
    default: nil
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension JSONValue {
  /// The value as a number; nil if it is none.
  var asNumber: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    case .literal(let text), .string(let text): Double(text)
    default: nil
    }
  }
}
