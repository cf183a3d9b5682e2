public import COCO
public import Files

/// The origin of a target, with which faults can be found in the user's files.
public struct TargetPlace: Sendable, Equatable {
  /// The target's name in messages if it has no place, such as `target 3`; nil if it has one.
  public var name: String?
  /// The place of the image's record; nil if there is none.
  public var image: Origin?
  /// The image's record; nil if there is none.
  public var imageRecord: RecordReference?
  /// The place of each object, in the target's order.
  public var objects: [Origin?]
  /// The record of each object, in the target's order.
  public var objectRecords: [RecordReference?]

  /// Creates the origin of a target.
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

  /// Returns a finding about the whole image or target.
  func finding(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String
  ) -> Finding {
    Finding(
      kind, severity: severity, name.map { "\($0): \(message)" } ?? message, at: image,
      record: imageRecord)
  }

  /// Returns a finding about one object; if it has no place, the message gives its number from 0.
  func finding(_ fault: Fault, object index: Int) -> Finding {
    let origin = index < objects.count ? objects[index] : nil
    let record = index < objectRecords.count ? objectRecords[index] : nil
    let words = name.map { "\($0), box \(index): " } ?? (origin == nil ? "box \(index): " : "")
    var finding = Finding(fault, at: origin ?? image, record: record ?? imageRecord)
    finding.message = words + fault.message
    if record == nil { finding.field = nil }
    return finding
  }
}
