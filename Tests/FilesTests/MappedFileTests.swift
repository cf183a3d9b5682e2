import Foundation
import Testing

@testable import Files

@Suite("Mapped files")
struct MappedFileTests {
  private let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("mapped-\(UUID().uuidString)").path

  private func file(_ bytes: [UInt8]) throws -> MappedFile {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    return try MappedFile(path)
  }

  @Test func `the bytes are the file's`() throws {
    #expect(try file([1, 2, 3]).withUnsafeBytes(in: 1..<3) { Array($0) } == [2, 3])
  }

  @Test func `a mapping goes from task to task`() async throws {
    let file = try file([1, 2, 3])
    #expect(await Task.detached { file.withUnsafeBytes(in: 2..<3) { $0[0] } }.value == 3)
  }

  @Test func `an empty file and a folder are refused`() {
    #expect(throws: FileError("map", path, code: ENODATA)) { try file([]) }
    #expect(throws: FileError("map", "/", code: EISDIR)) { try MappedFile("/") }
  }
}
