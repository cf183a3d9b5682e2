import COCO
import Foundation

/// A file that goes when it is no longer used.
final class TemporaryFile {
  let path: String

  convenience init(_ value: JSONValue) throws {
    var output = JSONOutput()
    output.append(value)
    try self.init(output.text)
  }

  convenience init(_ text: String) throws {
    try self.init(bytes: Array(text.utf8))
  }

  init(bytes: [UInt8]) throws {
    path = NSTemporaryDirectory() + "copra-" + UUID().uuidString + ".json"
    try Data(bytes).write(to: URL(filePath: path))
  }

  var bytes: [UInt8] {
    get throws { try [UInt8](Data(contentsOf: URL(filePath: path))) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
