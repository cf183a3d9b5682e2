import Foundation
import TestSupport
import Torch

/// The program as users call it: copra, which turns into copra-engine.
enum Engine {
  static let path = BuiltProgram.path(of: "copra")

  /// Runs a line of words parted by blanks in `folder`.
  static func run(
    _ line: String, in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> ProgramEnding {
    let words = line.split(separator: " ").map(String.init)
    return try Child(path, words, in: folder, environment: environment).wait()
  }

  /// Writes a file with one tensor.
  static func write(_ tensor: Tensor, as key: String = "input", to path: String) throws {
    try SafetensorsWriter.write([NamedTensor(key, tensor)], to: path)
  }

  /// A fixture of the suite for state files or for models.
  static func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(name).path
  }
}
