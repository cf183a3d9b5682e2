import COCO
import Files

/// Finds members of single records in a JSON file, of which it reads nothing else.
struct JSONMemberFinder {
  private let file: InputFile
  private static let usualRecord = 1 << 12
  private static let largestRecord = 1 << 28

  /// nil where the file cannot be read.
  init?(_ path: String) {
    guard let file = try? InputFile(path) else { return nil }
    self.file = file
  }

  /// Where the value of the last member called `name` begins in the object at `start`; nil where
  /// there is no whole object, or no such member in it.
  func offset(of name: String, inRecordAt start: Int) -> Int? {
    var count = Self.usualRecord
    while let bytes = try? file.bytes(at: start, count: count), bytes.first == UInt8(ascii: "{") {
      let found: (isWhole: Bool, offset: Int?) = bytes.withUnsafeBufferPointer { text in
        guard let layout = JSONRecordLayout(text, at: 0) else { return (false, nil) }
        let member = layout.members(name, in: text).last.map { layout.members[$0] }
        return (true, member?.value.lowerBound)
      }
      if found.isWhole { return found.offset.map { start + $0 } }
      guard bytes.count == count, count < Self.largestRecord else { return nil }
      count *= 8
    }
    return nil
  }
}
