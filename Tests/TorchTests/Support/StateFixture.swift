import Foundation

@testable import Torch

/// What `Fixtures/make_fixtures.py` writes.
enum StateFixture {
  static func path(_ name: String) -> String {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(folder)/State/Fixtures/\(name)"
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// A table's lines, split at tabs; empty where it cannot be read, which a test refuses.
  static func table(_ name: String) -> [[String]] {
    guard let text = try? String(contentsOfFile: path(name), encoding: .utf8) else { return [] }
    return text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func hexadecimal(_ text: String) -> [UInt8] {
    let digits = Array(text)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
      UInt8(String(digits[place...place + 1]), radix: 16)
    }
  }

  /// The files by name that hold one fault each.
  static let faults: [String: [UInt8]] = Dictionary(
    uniqueKeysWithValues: table("faults.tsv").map { ($0[0], hexadecimal($0[1])) })
}

/// A folder that goes, with all in it, when it is no longer used.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "torch-state-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and gives its path.
  func add(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

/// What reading bytes as a file of tensors is refused for, without the file's path; nil if it is
/// not refused.
func refusal(of bytes: [UInt8], as name: String = "state.pth") throws -> String? {
  let folder = try TemporaryFolder()
  let path = try folder.add(name, bytes)
  do throws(StateError) {
    _ = try StoredState(contentsOf: path)
    return nil
  } catch {
    return String(error.description.dropFirst(path.count + 2))
  }
}

extension StoredTensor {
  /// The elements' bytes in the order of their indices.
  var contiguousBytes: [UInt8] { withContiguousBytes { Array($0) } }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
