public import COCO
public import Files

/// Where a target comes from, so that what is wrong with it can be found in the user's files.
public struct TargetPlace: Sendable, Equatable {
  /// What messages call the target where it has no place, such as `target 3`; nil where it has one.
  public var name: String?
  public var image: Origin?
  public var imageRecord: RecordReference?
  /// The place of each object.
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

  /// Returns a finding about the whole picture or target.
  func finding(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String
  ) -> Finding {
    Finding(
      kind, severity: severity, name.map { "\($0): \(message)" } ?? message, at: image,
      record: imageRecord)
  }

  /// Returns a finding about one object, whose number from 0 is said where it has no place.
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
