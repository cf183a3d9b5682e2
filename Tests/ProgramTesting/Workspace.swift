public import Foundation

/// A folder of its own for one test, removed with it.
public final class Workspace {
  public let root: String

  public init() throws {
    root = NSTemporaryDirectory() + "copra-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  /// The project's samples, which tests only read.
  public static let samples: String =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("samples").path

  public func path(_ name: String) -> String { "\(root)/\(name)" }

  public func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  public func write(_ bytes: [UInt8], to name: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  public func copySample(_ sample: String, to name: String) throws {
    try FileManager.default.copyItem(atPath: "\(Self.samples)/\(sample)", toPath: path(name))
  }

  public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  public func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  public func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  public func json(_ name: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: bytes(name)) as? [String: Any] ?? [:]
  }

  public func records(_ list: String, of name: String) throws -> [[String: Any]] {
    try json(name)[list] as? [[String: Any]] ?? []
  }

  /// The objects of a file with one on each line.
  public func lines(_ name: String) throws -> [[String: Any]] {
    try text(name).split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// All that is in a folder, hidden files too, with the contents of the files.
  public func tree(_ name: String = ".") throws -> [String: Data] {
    var files: [String: Data] = [:]
    for below in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
      files[below] = FileManager.default.contents(atPath: path("\(name)/\(below)")) ?? Data()
    }
    return files
  }

  /// What is directly in a folder, hidden files too, but for the output of runs under way.
  public func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name))
      .filter { !$0.hasPrefix(".run-") }.sorted()
  }
}

extension Workspace {
  /// Copies one file and makes the folders above it.
  public func copyFile(_ file: String, to name: String) throws {
    let target = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(fileURLWithPath: file), to: target)
  }
}
