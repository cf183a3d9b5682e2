public import COCO
import Files

/// Where a target comes from, so that what is wrong with it can be found in the user's files.
public struct TargetPlace: Sendable, Equatable {
  /// What messages call the target where it has no place, such as `target 3`; nil where it has one.
  public var name: String?
  public var image: Origin?
  public var imageRecord: RecordReference?
  /// For each object.
  public var objects: [Origin?]
  public var objectRecords: [RecordReference?]

  public init(
    name: String? = nil, image: Origin? = nil, imageRecord: RecordReference? = nil,
    objects: [Origin?] = [], objectRecords: [RecordReference?] = []
  ) {
    self.name = name
    self.image = image
    self.imageRecord = imageRecord
    self.objects = objects
    self.objectRecords = objectRecords
  }

  /// A finding about the whole picture or target.
  func finding(_ rule: String, _ severity: Finding.Severity, _ message: String) -> Finding {
    Finding(
      rule, severity, name.map { "\($0): \(message)" } ?? message, at: image, record: imageRecord)
  }

  /// A finding about one object, whose number from 0 is said where it has no place.
  func finding(
    _ fault: Fault, object index: Int, _ field: RecordField
  ) -> Finding {
    let origin = index < objects.count ? objects[index] : nil
    let record = index < objectRecords.count ? objectRecords[index] : nil
    let words = name.map { "\($0), box \(index): " } ?? (origin == nil ? "box \(index): " : "")
    return Finding(
      fault.rule, fault.severity, words + fault.message, at: origin ?? image,
      record: record ?? imageRecord, field: record == nil ? nil : field)
  }
}

/// What is wrong, before it is known where it stands.
struct Fault: Equatable {
  var rule: String
  var severity: Finding.Severity
  var message: String

  init(_ rule: String, _ severity: Finding.Severity, _ message: String) {
    self.rule = rule
    self.severity = severity
    self.message = message
  }
}
