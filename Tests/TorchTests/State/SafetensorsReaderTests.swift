import Foundation
import TestSupport
import Testing

@testable import Torch

@Suite struct SafetensorsReaderTests {
  /// A file of the header's text, with its length in front, and of data.
  static func file(_ header: String, data count: Int = 0) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      + Array(header.utf8) + [UInt8](repeating: 0, count: count)
  }

  static func item(_ type: String, _ shape: String, _ offsets: String) -> String {
    "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  static func state(_ header: String, data count: Int = 0) throws -> StoredState {
    let folder = try TemporaryFolder()
    return try StoredState(
      contentsOf: folder.write(file(header, data: count), to: "state.safetensors"))
  }

  static func refusal(_ header: String, data count: Int = 0) throws -> String? {
    try TorchTests.refusal(of: file(header, data: count), as: "state.safetensors")
  }

  @Test func `the metadata is read`() throws {
    let state = try StoredState(contentsOf: fixtures.path("reference.safetensors"))
    #expect(state.metadata == ["format": "pt", "note": "ü\n"])
  }

  @Test func `the entries keep the headers order`() throws {
    let header =
      "{\"b\":\(Self.item("U8", "[2]", "[1,3]")),\"a\":\(Self.item("U8", "[]", "[0,1]"))}"
    #expect(try Self.state(header, data: 3).entries.map(\.key) == ["b", "a"])
  }

  @Test(arguments: [128, 640, 1152])
  func `a header whose length begins as a pickle does is a header`(length: Int) throws {
    let header = "{\"a\":\(Self.item("U8", "[1]", "[0,1]"))}"
    let padded = header + String(repeating: " ", count: length - header.utf8.count)
    #expect(try Self.state(padded, data: 1).entries.map(\.key) == ["a"])
  }

  @Test func `a file without tensors is read`() throws {
    #expect(try Self.state("{}").entries.isEmpty)
  }

  @Test func `space is allowed between all parts`() throws {
    let header =
      " { \"a\" : { \"shape\" : [ 1 , 2 ] , \"dtype\" : \"I8\" ,\n\"data_offsets\":[0,2]} } \t"
    #expect(try Self.state(header, data: 2)["a"]?.shape == [1, 2])
  }

  @Test func `escapes in keys are read`() throws {
    let header = #"{"a\"\\\/\b\f\n\r\té😀":"# + Self.item("U8", "[0]", "[0,0]") + "}"
    #expect(try Self.state(header).entries.map(\.key) == ["a\"\\/\u{8}\u{c}\n\r\té😀"])
  }

  @Test func `a header that claims more than the file is refused`() throws {
    let file: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0x10] + [UInt8](repeating: 0x20, count: 304)
    #expect(
      try TorchTests.refusal(of: file, as: "state.safetensors")
        == "header claims 1152921504606846976 bytes, the file has 312")
  }

  @Test func `a header that claims the most is refused`() throws {
    let file = [UInt8](repeating: 0xFF, count: 9)
    #expect(
      try TorchTests.refusal(of: file, as: "state.safetensors")
        == "header claims 18446744073709551615 bytes, the file has 9")
  }

  @Test func `a header above the formats limit is refused`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0], to: "state.safetensors")
    #expect(truncate(path, 100_000_009) == 0)
    let expected = StateError(
      path, "header claims 100000001 bytes, expected at most 100000000")
    #expect(throws: expected) { try StoredState(contentsOf: path) }
  }

  @Test func `a file too short for a length is refused`() throws {
    #expect(
      try TorchTests.refusal(of: [1, 2, 3], as: "state.safetensors")
        == "expected 8 bytes for the header's length, found 3")
  }

  @Test func `a file of another kind is refused`() throws {
    #expect(
      try TorchTests.refusal(of: Array("<!DOCTYPE html>".utf8))
        == "expected a safetensors file or a checkpoint of pytorch, found one that starts with the"
        + " bytes 3c 21 44 4f")
  }

  @Test(
    arguments: [
      ("", "header byte 0: expected '{', found its end"),
      ("[]", "header byte 0: expected '{', found '['"),
      ("{\"a\"", "header byte 4: expected ':', found its end"),
      ("{\"a", "header byte 3: expected the end of a string, found its end"),
      ("{a:1}", "header byte 1: expected '\"', found 'a'"),
      ("{\"a\":1}", "'a': header byte 5: expected '{', found '1'"),
      ("{\"\\x\":{}}", "header byte 4: expected an escape of JSON"),
      ("{\"\\ud800\":{}}", "header byte 8: expected a character, found half of one"),
      ("{\"\\u+123\":{}}", "header byte 8: expected four hexadecimal digits"),
      ("{} {}", "header byte 3: expected the end, found '{'"),
      ("{\"a\":{},}", "'a': expected dtype, shape and data_offsets, once each, found no dtype"),
      ("{\"__metadata__\":{\"a\":1}}", "header byte 21: expected '\"', found '1'"),
      ("{\"__metadata__\":{},\"__metadata__\":{}}", "expected __metadata__ once, found it twice"),
      (
        "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}",
        "expected each name once in __metadata__, found 'a' twice"
      ),
    ])
  func `a header that is no such JSON is refused`(_ header: String, _ message: String) throws {
    #expect(try Self.refusal(header) == message)
  }

  @Test func `a key that is not UTF 8 is refused`() throws {
    var file = Self.file("{\"a\":{}}")
    file[10] = 0xFF
    #expect(
      try TorchTests.refusal(of: file, as: "state.safetensors")
        == "header byte 4: expected UTF-8 in the string that ends here")
  }

  @Test(
    arguments: [
      (
        item("F8_E5M2", "[2]", "[0,2]"),
        "expected a dtype of F32, F64, F16, BF16, I64, I32, I16, I8, U8, BOOL, found 'F8_E5M2'"
      ),
      (item("U8", "[-2]", "[0,2]"), "expected sides of 0 or more, found shape [-2]"),
      (item("U8", "[3]", "[0,2]"), "expected 3 bytes for shape [3] of U8, found data_offsets of 2"),
      (item("F32", "[]", "[0,2]"), "expected 4 bytes for shape [] of F32, found data_offsets of 2"),
      (
        item("U8", "[4294967296,4294967296]", "[0,2]"),
        "shape [4294967296, 4294967296] has more elements than can be counted"
      ),
      (
        item("U8", "[0,4294967296,4294967296]", "[0,2]"),
        "shape [0, 4294967296, 4294967296] has more elements than can be counted"
      ),
      (
        item("U8", "[9223372036854775808]", "[0,2]"),
        "expected a whole number of 64 bits, found '9223372036854775808'"
      ),
      (item("U8", "[2.0]", "[0,2]"), "expected a whole number of 64 bits, found '2.0'"),
      (item("U8", "[02]", "[0,2]"), "expected a whole number of 64 bits, found '02'"),
      (item("U8", "[true]", "[0,2]"), "header byte 30: expected a whole number, found 't'"),
      (item("U8", "[2]", "[0,3]"), "expected data_offsets within 2 bytes of data, found [0, 3]"),
      (item("U8", "[2]", "[2,0]"), "expected data_offsets of a start and an end, found [2, 0]"),
      (item("U8", "[2]", "[-2,0]"), "expected data_offsets of a start and an end, found [-2, 0]"),
      (
        item("U8", "[2]", "[0,1,2]"), "expected data_offsets of a start and an end, found [0, 1, 2]"
      ),
      (
        item("U8", "[1]", "[1,2]"),
        "expected data from byte 0 on, found [1, 2], which leaves a gap"
      ),
      (
        "{\"dtype\":\"U8\",\"dtype\":\"U8\"}",
        "expected dtype, shape and data_offsets, once each, found 'dtype'"
      ),
      (
        "{\"dtype\":\"U8\",\"shape\":[2]}",
        "expected dtype, shape and data_offsets, once each, found no data_offsets"
      ),
      ("{\"kind\":0}", "expected dtype, shape and data_offsets, once each, found 'kind'"),
    ])
  func `an entry that does not fit is refused by its key`(_ item: String, _ message: String) throws
  {
    #expect(try Self.refusal("{\"a.b\":\(item)}", data: 2) == "'a.b': \(message)")
  }

  @Test func `tensors that overlap are refused`() throws {
    let header =
      "{\"a\":\(Self.item("U8", "[2]", "[0,2]")),\"b\":\(Self.item("U8", "[2]", "[1,3]"))}"
    #expect(
      try Self.refusal(header, data: 3)
        == "'b': expected data from byte 2 on, found [1, 3], which overlaps another tensor")
  }

  @Test func `an empty tensor may stand where another starts`() throws {
    let header =
      "{\"a\":\(Self.item("U8", "[2]", "[0,2]")),\"b\":\(Self.item("U8", "[0]", "[0,0]"))}"
    #expect(try Self.state(header, data: 2)["b"]?.count == 0)
  }

  @Test func `data of no tensor is refused`() throws {
    let header = "{\"a\":\(Self.item("U8", "[2]", "[0,2]"))}"
    #expect(try Self.refusal(header, data: 3) == "expected 2 bytes of data, found 3")
  }

  @Test func `a key that stands twice is refused`() throws {
    let item = Self.item("U8", "[0]", "[0,0]")
    #expect(
      try Self.refusal("{\"a\":\(item),\"a\":\(item)}")
        == "'a': expected each key once, found it twice")
  }
}
