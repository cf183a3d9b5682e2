import TestSupport
import Testing

@testable import Torch

/// What PyTorch 1.13.1 and safetensors 0.8.0 wrote, against what they themselves read.
@Suite struct CheckpointTests {
  struct Expected: Sendable {
    let key: String
    let dtype: String
    let shape: String
    let strides: String
    let bytes: [UInt8]
  }

  static let table = fixtures.table("expected.tsv")
  static let files = Set(table.map { $0[0] }).sorted()

  static func expected(_ file: String) -> [Expected] {
    table.filter { $0[0] == file }.map {
      Expected(
        key: $0[1], dtype: $0[2], shape: $0[3], strides: $0[4],
        bytes: FixtureFolder.hexadecimal($0[5]))
    }
  }

  @Test func `every kind of file is among the fixtures`() {
    #expect(Self.files.count == 12)
  }

  @Test(arguments: files)
  func `every tensor holds the bytes that py torch reads`(_ file: String) throws {
    let state = try StoredState(contentsOf: fixtures.path(file))
    for expected in Self.expected(file) {
      let tensor = try #require(state[expected.key], "\(expected.key)")
      #expect(tensor.contiguousBytes == expected.bytes, "\(expected.key)")
    }
  }

  @Test(arguments: files)
  func `every tensor has its type shape and strides`(_ file: String) throws {
    let state = try StoredState(contentsOf: fixtures.path(file))
    for expected in Self.expected(file) {
      let tensor = try #require(state[expected.key], "\(expected.key)")
      #expect(tensor.dtype.rawValue == expected.dtype, "\(expected.key)")
      #expect("\(tensor.shape)" == expected.shape, "\(expected.key)")
      #expect("\(tensor.strides)" == expected.strides, "\(expected.key)")
    }
  }

  @Test(arguments: files)
  func `no other tensor is read`(_ file: String) throws {
    let state = try StoredState(contentsOf: fixtures.path(file))
    #expect(state.entries.map(\.key).sorted() == Self.expected(file).map(\.key).sorted())
  }

  @Test(arguments: files.filter { $0.hasSuffix(".pth") })
  func `the entries of a checkpoint keep their order`(_ file: String) throws {
    let state = try StoredState(contentsOf: fixtures.path(file))
    #expect(state.entries.map(\.key) == Self.expected(file).map(\.key))
  }

  @Test(arguments: ["layouts.pth", "layouts-legacy.pth"])
  func `tensors of one storage share its bytes`(_ file: String) throws {
    let state = try StoredState(contentsOf: fixtures.path(file))
    let base = try #require(state["base"])
    #expect(state["stepped"]?.start == base.start + 3 * 4)
    #expect(state["tail"]?.start == base.start + 20 * 4)
  }

  @Test func `a zipped checkpoint is aligned in memory`() throws {
    let state = try StoredState(contentsOf: fixtures.path("types.pth"))
    let unaligned = state.entries.filter { !$0.tensor.isAligned }.map(\.key)
    #expect(unaligned.isEmpty)
  }

  @Test func `a legacy checkpoint tells where it is not aligned`() throws {
    let state = try StoredState(contentsOf: fixtures.path("types-legacy.pth"))
    for entry in state.entries {
      let address = UInt(bitPattern: entry.tensor.start)
      let remainder = address % UInt(entry.tensor.dtype.size)
      #expect(entry.tensor.isAligned == (remainder == 0), "\(entry.key)")
    }
  }

  @Test func `only tensors without gaps are contiguous`() throws {
    let state = try StoredState(contentsOf: fixtures.path("layouts.pth"))
    let contiguous = state.entries.filter(\.tensor.isContiguous).map(\.key)
    #expect(contiguous == ["base", "tail", "scalar", "empty", "grün"])
  }

  @Test func `writing through a tensor leaves the file as it was`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(fixtures.bytes("small.pth"), to: "small.pth")
    let state = try StoredState(contentsOf: path)
    let weight = try #require(state["weight"])
    weight.start.storeBytes(of: 7, as: Float.self)
    #expect(weight.contiguousBytes.prefix(4) == [0, 0, 0xE0, 0x40])
    let again = try StoredState(contentsOf: path)
    #expect(again["weight"]?.contiguousBytes.prefix(4) == [0, 0, 0x80, 0x3F])
  }

  @Test func `a tensor outlives its state`() throws {
    let tensor = try StoredState(contentsOf: fixtures.path("small.pth"))["weight"]
    #expect(tensor?.contiguousBytes == [0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F])
  }
}
