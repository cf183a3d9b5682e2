import COCO
import Files

/// A locator for COCO: a record is an object in one of the file's lists, a field a member of it.
struct COCOFieldLocator: FieldLocator {
  static var singleRecords: (any SingleRecordFinder.Type)? { JSONMemberFinder.self }

  private let bytes: [UInt8]
  private let lists: JSONListIndex

  init?(_ bytes: [UInt8], path: String, options: ImportOptions) {
    self.bytes = bytes
    lists = bytes.withUnsafeBufferPointer { JSONListIndex($0) }
  }

  /// Returns the place of a field. Without a field, a place inside a record is named by the member
  /// that holds it.
  func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace? {
    bytes.withUnsafeBufferPointer { text in
      guard let element = lists.place(of: record.offset) else { return nil }
      let path = "\(element.list)[\(element.index)]"
      guard let layout = JSONRecordLayout(text, at: element.start),
        layout.range.contains(record.offset)
      else {
        return element.start == record.offset
          ? FieldPlace(offset: record.offset, path: Self.join(path, field?.rawValue)) : nil
      }
      if let field {
        let member = layout.members(field.rawValue, in: text).last.map { layout.members[$0] }
        return FieldPlace(
          offset: member?.value.lowerBound ?? element.start, path: "\(path).\(field.rawValue)")
      }
      let holder = layout.members.last { $0.range.contains(record.offset) }
      return FieldPlace(
        offset: record.offset,
        path: Self.join(path, holder.map { JSONRecordLayout.name($0.name, in: text) }))
    }
  }

  private static func join(_ path: String, _ member: String?) -> String {
    member.map { "\(path).\($0)" } ?? path
  }
}

/// A finder of members of single records in a JSON file, which reads nothing else.
struct JSONMemberFinder: SingleRecordFinder {
  private let file: InputFile
  private static let usualRecord = 1 << 12
  private static let largestRecord = 1 << 28

  init?(_ path: String) {
    guard let file = try? InputFile(path) else { return nil }
    self.file = file
  }

  /// Returns the start of the value of the last member that holds the field.
  func offset(of field: RecordField, inRecordAt start: Int) -> Int? {
    var count = Self.usualRecord
    while let bytes = try? file.bytes(at: start, count: count), bytes.first == UInt8(ascii: "{") {
      let found: (isWhole: Bool, offset: Int?) = bytes.withUnsafeBufferPointer { text in
        guard let layout = JSONRecordLayout(text, at: 0) else { return (false, nil) }
        let member = layout.members(field.rawValue, in: text).last.map { layout.members[$0] }
        return (true, member?.value.lowerBound)
      }
      if found.isWhole { return found.offset.map { start + $0 } }
      guard bytes.count == count, count < Self.largestRecord else { return nil }
      count *= 8
    }
    return nil
  }
}
