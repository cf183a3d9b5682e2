public import Foundation

/// A folder for one test, removed with all in it when it is released.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path = NSTemporaryDirectory() + "copra-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  public func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try prepare(name)
    try Data(bytes).write(to: URL(filePath: path(name)))
    return path(name)
  }

  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(text.utf8, to: name)
  }

  /// Copies a file or folder, and makes the folders above its new place.
  public func copy(_ source: String, to name: String) throws {
    try prepare(name)
    try FileManager.default.copyItem(atPath: source, toPath: path(name))
  }

  public func copySample(_ sample: String, to name: String) throws {
    try copy(Samples.path(sample), to: name)
  }

  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  /// Makes a symbolic link to another file of the folder.
  public func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(name), withDestinationPath: path(target))
  }

  public func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path(name))
  }

  private func prepare(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: path(name)).deletingLastPathComponent(), withIntermediateDirectories: true)
  }
}

/// What the folder holds.
extension TemporaryFolder {
  public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  public func data(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path(name)))
  }

  public func bytes(_ name: String) throws -> [UInt8] { try [UInt8](data(name)) }

  public func text(_ name: String) throws -> String {
    String(decoding: try data(name), as: UTF8.self)
  }

  public func json(_ name: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: data(name)) as? [String: Any] ?? [:]
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

  /// All that is below a folder, hidden files too, with the contents of the files.
  public func tree(_ name: String = ".") throws -> [String: Data] {
    var files: [String: Data] = [:]
    for below in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
      files[below] = FileManager.default.contents(atPath: path("\(name)/\(below)")) ?? Data()
    }
    return files
  }

  /// The names of all that is directly in a folder, hidden files too, but for the output of runs
  /// in progress.
  public func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name))
      .filter { !$0.hasPrefix(".run-") }.sorted()
  }
}

/// One file in a temporary folder of its own.
public struct TemporaryFile: Sendable {
  private let folder: TemporaryFolder
  public let path: String

  public init(_ bytes: some Sequence<UInt8>) throws {
    folder = try TemporaryFolder()
    path = try folder.write(bytes, to: "file")
  }

  public var bytes: [UInt8] {
    get throws { try [UInt8](Data(contentsOf: URL(filePath: path))) }
  }
}

/// The project's samples, which tests only read.
public enum Samples {
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../samples").standardizedFileURL.path

  public static func path(_ name: String) -> String { "\(folder)/\(name)" }
}
