import Foundation

/// What SARIF 2.1.0's schema demands of the objects that copra writes: the properties that must be
/// there, and those that may, since it allows no others.
struct SARIFShape: Sendable {
  /// How a value is to be.
  indirect enum Value: Sendable {
    case text
    case oneOf([String])
    /// An integer of at least this.
    case number(atLeast: Int)
    case list(Value)
    case object(SARIFShape)
    /// Any names, all with such values.
    case map(Value)
  }

  var required: [String: Value] = [:]
  var optional: [String: Value] = [:]
  /// One of these must be there.
  var oneOf: [String] = []

  static let message = Value.object(
    SARIFShape(optional: ["text": .text, "markdown": .text, "id": .text], oneOf: ["text", "id"]))
  static let level = Value.oneOf(["none", "note", "warning", "error"])
  static let artifactLocation = Value.object(
    SARIFShape(optional: ["uri": .text, "uriBaseId": .text, "description": message]))
  static let region = SARIFShape(
    optional: ["startLine": .number(atLeast: 1), "startColumn": .number(atLeast: 1)],
    oneOf: ["startLine"])
  static let location = SARIFShape(optional: [
    "physicalLocation": .object(
      SARIFShape(
        optional: ["artifactLocation": artifactLocation, "region": .object(region)],
        oneOf: ["artifactLocation"])),
    "logicalLocations": .list(
      .object(SARIFShape(optional: ["fullyQualifiedName": .text]))),
  ])
  static let result = SARIFShape(
    required: ["message": message],
    optional: [
      "ruleId": .text, "ruleIndex": .number(atLeast: -1), "level": level,
      "locations": .list(.object(location)), "partialFingerprints": .map(.text),
    ])
  static let rule = SARIFShape(
    required: ["id": .text],
    optional: [
      "shortDescription": message, "fullDescription": message, "help": message,
      "defaultConfiguration": .object(SARIFShape(optional: ["level": level])),
    ])
  static let driver = SARIFShape(
    required: ["name": .text],
    optional: ["version": .text, "rules": .list(.object(rule))])
  static let run = SARIFShape(
    required: ["tool": .object(SARIFShape(required: ["driver": .object(driver)]))],
    optional: [
      "results": .list(.object(result)), "originalUriBaseIds": .map(artifactLocation),
      "columnKind": .oneOf(["utf16CodeUnits", "unicodeCodePoints"]),
    ])
  static let log = SARIFShape(
    required: ["version": .oneOf(["2.1.0"]), "runs": .list(.object(run))],
    optional: ["$schema": .text])

  /// What is wrong with an object, each with its path.
  func faults(_ object: Any, at path: String = "") -> [String] {
    guard let object = object as? [String: Any] else { return ["\(path): expected an object"] }
    var faults = required.keys.filter { object[$0] == nil }.map { "\(path): no \($0)" }
    if !oneOf.isEmpty, !oneOf.contains(where: { object[$0] != nil }) {
      faults.append("\(path): none of \(oneOf)")
    }
    for (name, value) in object {
      guard let shape = required[name] ?? optional[name] else {
        faults.append("\(path): \(name) is not allowed")
        continue
      }
      faults += Self.faults(value, shape, at: "\(path).\(name)")
    }
    return faults
  }

  private static func faults(_ value: Any, _ shape: Value, at path: String) -> [String] {
    switch shape {
    case .text: return value is String ? [] : ["\(path): expected a string"]
    case .oneOf(let names):
      return names.contains(value as? String ?? "") ? [] : ["\(path): expected one of \(names)"]
    case .number(let minimum):
      return (value as? Int ?? .min) >= minimum ? [] : ["\(path): expected \(minimum) or more"]
    case .object(let shape): return shape.faults(value, at: path)
    case .list(let element):
      guard let values = value as? [Any] else { return ["\(path): expected an array"] }
      return values.enumerated().flatMap { faults($1, element, at: "\(path)[\($0)]") }
    case .map(let element):
      guard let values = value as? [String: Any] else { return ["\(path): expected an object"] }
      return values.flatMap { faults($1, element, at: "\(path).\($0)") }
    }
  }
}
