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

  init(_ text: String) throws {
    path = NSTemporaryDirectory() + "copra-" + UUID().uuidString + ".json"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
