import Foundation

/// A folder of files beside the tests, written by a script.
public struct FixtureFolder: Sendable {
  private let path: String

  /// - Parameter path: from the folder of all tests, as `ImagesTests/Fixtures`.
  public init(_ path: String) {
    self.path =
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../\(path)")
      .standardizedFileURL.path
  }

  public func path(_ name: String) -> String { "\(path)/\(name)" }

  public func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: path(name))))
  }

  /// A table's lines, split at tabs; empty if it cannot be read, which a test refuses.
  public func table(_ name: String) -> [[String]] {
    guard let text = try? String(contentsOfFile: path(name), encoding: .utf8) else { return [] }
    return text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The bytes that a text of hexadecimal digits stands for.
  public static func hexadecimal(_ text: String) -> [UInt8] {
    let digits = Array(text)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
      UInt8(String(digits[index...index + 1]), radix: 16)
    }
  }
}
