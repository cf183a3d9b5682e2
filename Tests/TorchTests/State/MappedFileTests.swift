import Foundation
import Testing

@testable import Torch

@Suite struct MappedFileTests {
  @Test func theBytesAreTheFiles() throws {
    let folder = try TemporaryFolder()
    let file = try MappedFile(folder.add("bytes", [1, 2, 3]))
    let bytes = file.withUnsafeBytes(in: 1..<3) { Array($0) }
    #expect(bytes == [2, 3])
  }

  @Test func aMissingFileIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/none"
    #expect(throws: StateError(path, "cannot open: no such file or directory")) {
      try MappedFile(path)
    }
  }

  @Test func aFolderIsRefused() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StateError(folder.path, "expected a file, found a folder")) {
      try MappedFile(folder.path)
    }
  }

  @Test func anEmptyFileIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("empty", [])
    #expect(throws: StateError(path, "expected a file of tensors, found an empty one")) {
      try MappedFile(path)
    }
  }

  @Test func aPipeIsRefusedWithoutWaiting() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: StateError(path, "expected a regular file, found a device or pipe")) {
      try MappedFile(path)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser reads every file"))
  func anUnreadableFileIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.add("secret", [1])
    #expect(chmod(path, 0) == 0)
    #expect(throws: StateError(path, "cannot open: permission denied")) { try MappedFile(path) }
  }

  @Test func aFileGoesFromTaskToTask() async throws {
    let folder = try TemporaryFolder()
    let file = try MappedFile(folder.add("bytes", [1, 2, 3]))
    let last = await Task.detached { file.withUnsafeBytes(in: 2..<3) { $0[0] } }.value
    #expect(last == 3)
  }
}
