import Foundation
import TestSupport
import Testing

@testable import Torch

@Suite struct DamagedStateTests {
  static let small = ["small.pth", "small-legacy.pth", "reference.safetensors", "python2.pth"]
  static let files = small + ["layouts.pth", "layouts-legacy.pth", "wrapped.pth", "protocol4.pth"]

  @Test(arguments: small)
  func `a file cut anywhere is refused`(_ name: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try fixtures.bytes(name)
    let path = try folder.write(bytes, to: name)
    for count in bytes.indices.reversed() {
      #expect(truncate(path, count) == 0)
      #expect(throws: StateError.self, "cut to \(count) bytes") {
        try StoredState(contentsOf: path)
      }
    }
  }

  @Test(arguments: files)
  func `changed bytes never crash`(_ name: String) throws {
    let folder = try TemporaryFolder()
    let whole = try fixtures.bytes(name)
    var generator = SeededNumbers(seed: UInt64(whole.count))
    for _ in 0..<250 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      try readEverything(folder.write(bytes, to: name))
    }
  }

  @Test(arguments: small)
  func `a bit flipped in any byte never crashes`(_ name: String) throws {
    let folder = try TemporaryFolder()
    let whole = try fixtures.bytes(name)
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      try readEverything(folder.write(bytes, to: name))
    }
  }

  @Test func `noise behind every signature never crashes`() throws {
    let folder = try TemporaryFolder()
    var generator = SeededNumbers(seed: 5)
    let starts = try Self.small.map { try fixtures.bytes($0) }
    for round in 0..<400 {
      let start = starts[round % starts.count]
      var bytes = Array(start.prefix(Int.random(in: 1..<start.count, using: &generator)))
      for _ in 0..<Int.random(in: 1...200, using: &generator) {
        bytes.append(UInt8.random(in: 0...255, using: &generator))
      }
      try readEverything(folder.write(bytes, to: "noise.pth"))
    }
  }

  /// Reads the file and, if it is not refused, every byte of its tensors.
  private func readEverything(_ path: String) throws {
    guard let state = try? StoredState(contentsOf: path) else { return }
    for entry in state.entries where entry.tensor.count < 1 << 16 {
      #expect(
        entry.tensor.contiguousBytes.count == entry.tensor.count * entry.tensor.dtype.size)
    }
  }
}
