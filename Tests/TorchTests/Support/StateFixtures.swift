import TestSupport

@testable import Torch

/// The files that `make_fixtures.py` writes.
let fixtures = FixtureFolder("TorchTests/State/Fixtures")

extension FixtureFolder {
  /// The files by name that hold one fault each.
  static let faults = Dictionary(
    uniqueKeysWithValues: fixtures.table("faults.tsv").map { ($0[0], hexadecimal($0[1])) })
}

/// What reading bytes as a file of tensors is refused for, without the file's path; nil if it is
/// not refused.
func refusal(of bytes: [UInt8], as name: String = "state.pth") throws -> String? {
  let folder = try TemporaryFolder()
  let path = try folder.write(bytes, to: name)
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
