import Foundation
import TestSupport
import Testing

@testable import Torch

@Suite struct SafetensorsWriterTests {
  private struct Interruption: Error {}

  private static func entry(_ key: String, _ bytes: [UInt8]) -> SafetensorsWriter.Entry {
    .init(key, .uint8, [bytes.count]) { take in try bytes.withUnsafeBytes { try take($0) } }
  }

  @Test func `the file is as the format says`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/state.safetensors"
    try SafetensorsWriter.write(
      [Self.entry("b", [7, 8]), Self.entry("a", [])], metadata: ["z": "1", "f": "\u{1}\""], to: path
    )
    let header =
      #"{"__metadata__":{"f":"\u0001\"","z":"1"},"b":{"dtype":"U8","shape":[2],"#
      + #""data_offsets":[0,2]},"a":{"dtype":"U8","shape":[0],"data_offsets":[2,2]}}"#
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let expected = SafetensorsReaderTests.file(header + padding) + [7, 8]
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == expected)
  }

  @Test(arguments: CheckpointTests.files)
  func `whatever is read is written as it was`(_ file: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/state.safetensors"
    let state = try StoredState(contentsOf: fixtures.path(file))
    try SafetensorsWriter.write(
      state.entries.map { .init($0.key, $0.tensor) }, metadata: state.metadata, to: path)
    let again = try StoredState(contentsOf: path)
    #expect(again.shapes == state.shapes)
    #expect(again.metadata == state.metadata)
    for (found, expected) in zip(again.entries, state.entries) {
      #expect(found.tensor.dtype == expected.tensor.dtype)
      #expect(found.tensor.contiguousBytes == expected.tensor.contiguousBytes)
    }
  }

  @Test(arguments: 0..<8)
  func `the data starts at a multiple of eight`(_ length: Int) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/state.safetensors"
    try SafetensorsWriter.write(
      [Self.entry(String(repeating: "k", count: length), [1])], to: path)
    let tensor = try #require(try StoredState(contentsOf: path).entries.first?.tensor)
    #expect(tensor.offset % 8 == 0)
  }

  @Test func `an entry may hand over its bytes in pieces`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/state.safetensors"
    let entry = SafetensorsWriter.Entry("a", .int16, [2]) { take in
      for byte in UInt8(1)...4 { try withUnsafeBytes(of: byte) { try take($0) } }
    }
    try SafetensorsWriter.write([entry], to: path)
    #expect(try StoredState(contentsOf: path)["a"]?.contiguousBytes == [1, 2, 3, 4])
  }

  @Test func `an interrupted writer leaves the old file and no other`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "state.safetensors")
    let broken = SafetensorsWriter.Entry("b", .uint8, [2]) { _ in throw Interruption() }
    #expect(throws: Interruption.self) {
      try SafetensorsWriter.write([Self.entry("a", [9]), broken], to: path)
    }
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == [1, 2, 3])
    #expect(try folder.names() == ["state.safetensors"])
  }

  @Test func `a written file leaves no other`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "state.safetensors")
    try SafetensorsWriter.write([Self.entry("a", [9])], to: path)
    #expect(try folder.names() == ["state.safetensors"])
  }

  @Test func `an unfinished file has no name yet`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "state.safetensors")
    var names: [String] = []
    let watching = SafetensorsWriter.Entry("b", .uint8, [1]) { take in
      names = try folder.names()
      try [7 as UInt8].withUnsafeBytes { try take($0) }
    }
    try SafetensorsWriter.write([Self.entry("a", [9]), watching], to: path)
    #expect(names == ["state.safetensors"])
    #expect(try StoredState(contentsOf: path)["b"]?.contiguousBytes == [7])
  }

  @Test func `a part of a state has its keys without the prefix`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/state.safetensors"
    try SafetensorsWriter.write(
      [Self.entry("model.a", [1]), Self.entry("optimizer.a", [2])], metadata: ["epoch": "3"],
      to: path)
    let part = try StoredState(contentsOf: path).part(under: "model.")
    #expect(part.entries.map(\.key) == ["a"])
    #expect(part["a"]?.contiguousBytes == [1])
    #expect(part.metadata == ["epoch": "3"])
  }

  @Test func `a link keeps leading to the file`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write([1], to: "real.safetensors")
    let link = "\(folder.path)/link.safetensors"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "real.safetensors")
    try SafetensorsWriter.write([Self.entry("a", [9])], to: link)
    let state = try StoredState(contentsOf: "\(folder.path)/real.safetensors")
    #expect(state["a"]?.contiguousBytes == [9])
  }

  @Test func `a wrong number of bytes is refused`() throws {
    let entry = SafetensorsWriter.Entry("a", .float32, [2]) { take in
      try [UInt8](repeating: 0, count: 4).withUnsafeBytes { try take($0) }
    }
    try expect("'a': expected 8 bytes for shape [2], was handed 4", [entry])
  }

  @Test(arguments: ["a", "__metadata__"])
  func `a key that is taken is refused`(_ key: String) throws {
    try expect(
      "\(key.quotedForMessage): expected a key that is not taken yet",
      [Self.entry("a", []), Self.entry(key, [])])
  }

  @Test func `a shape that cannot be is refused`() throws {
    let entry = SafetensorsWriter.Entry("a", .uint8, [-1]) { _ in }
    try expect("'a': expected sides of 0 or more, found shape [-1]", [entry])
  }

  @Test func `a folder is not replaced`() throws {
    let folder = try TemporaryFolder()
    #expect(
      throws: StateError(folder.path, "expected a file to replace, found a folder, device or pipe")
    ) { try SafetensorsWriter.write([SafetensorsWriter.Entry](), to: folder.path) }
  }

  @Test func `a folder that does not exist is named`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/none/state.safetensors"
    #expect(throws: StateError(path, "cannot write: no such file or directory")) {
      try SafetensorsWriter.write([SafetensorsWriter.Entry](), to: path)
    }
  }

  private func expect(_ message: String, _ entries: [SafetensorsWriter.Entry]) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/state.safetensors"
    #expect {
      try SafetensorsWriter.write(entries, to: path)
    } throws: { error in
      "\(error)" == "\(path): \(message)"
    }
  }
}
