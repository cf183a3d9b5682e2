import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Mapped files")
struct MappedFileTests {
  private func file(_ bytes: [UInt8]) throws -> MappedFile {
    let file = try TemporaryFile(bytes)
    return try withExtendedLifetime(file) { try MappedFile(file.path) }
  }

  @Test func `the bytes are the file's`() throws {
    #expect(try file([1, 2, 3]).withUnsafeBytes(in: 1..<3) { Array($0) } == [2, 3])
  }

  @Test func `a mapping goes from task to task`() async throws {
    let file = try file([1, 2, 3])
    #expect(await Task.detached { file.withUnsafeBytes(in: 2..<3) { $0[0] } }.value == 3)
  }

  @Test func `an empty file and a folder are refused`() throws {
    let empty = try TemporaryFile([])
    #expect(throws: FileError("map", empty.path, code: ENODATA)) { try MappedFile(empty.path) }
    #expect(throws: FileError("map", "/", code: EISDIR)) { try MappedFile("/") }
  }
}
