import Files
import TestSupport
import Testing

@testable import Torch

@Suite struct UnpicklerTests {
  /// As `pickle.dumps(number, 2)` has them, and their other forms.
  @Test(
    arguments: [
      ([0x4B, 0xFF], .integer(255)), ([0x4D, 0xFF, 0xFF], .integer(65535)),
      ([0x4A, 0xFE, 0xFF, 0xFF, 0xFF], .integer(-2)), ([0x8A, 0x00], .integer(0)),
      ([0x8A, 0x01, 0xFF], .integer(-1)), ([0x8A, 0x02, 0xFF, 0x00], .integer(255)),
      ([0x8A, 0x08, 0, 0, 0, 0, 0, 0, 0, 0x80], .integer(.min)),
      ([0x8B, 0x01, 0, 0, 0, 0x80], .integer(-128)),
      ([0x47, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0], .number(1.5)), ([0x88], .boolean(true)),
      ([0x89], .boolean(false)), ([0x4E], .none),
    ] as [([UInt8], PickleValue)])
  func `numbers are those of python`(_ code: [UInt8], _ value: PickleValue) throws {
    let folder = try TemporaryFolder()
    let bytes = [0x80, 0x02] + code + [0x2E]
    let file = try MappedFile(folder.write(bytes, to: "number.pkl"))
    var unpickler = Unpickler(ByteReader(file, 0..<bytes.count))
    let pickle = try unpickler.load()
    #expect(pickle.root == value)
  }
}
