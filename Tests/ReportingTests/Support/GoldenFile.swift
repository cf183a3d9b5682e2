import Foundation

/// Expected outputs in `Fixtures/`. With `COPRA_WRITE_FIXTURES` set, tests write what they get
/// instead of comparing, for a reader to look at the difference.
enum GoldenFile {
  static func expected(_ name: String, found: String) throws -> String {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["COPRA_WRITE_FIXTURES"] != nil {
      try Data(found.utf8).write(to: url)
    }
    return try String(decoding: Data(contentsOf: url), as: UTF8.self)
  }
}
