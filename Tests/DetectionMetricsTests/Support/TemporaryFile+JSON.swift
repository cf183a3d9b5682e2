import COCO
import TestSupport

extension TemporaryFile {
  /// A file of JSON.
  init(_ value: JSONValue) throws {
    var output = JSONOutput()
    output.append(value)
    try self.init(output.text.utf8)
  }
}
