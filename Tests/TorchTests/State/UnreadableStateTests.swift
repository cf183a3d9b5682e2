import Foundation
import TestSupport
import Testing

@testable import Torch

@Suite struct UnreadableStateTests {
  @Test func `a missing file is named`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/none"
    #expect(throws: StateError(path, "cannot open: no such file or directory")) {
      try StoredState(contentsOf: path)
    }
  }

  @Test func `a folder is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StateError(folder.path, "expected a file, found a folder")) {
      try StoredState(contentsOf: folder.path)
    }
  }

  @Test func `an empty file is refused`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([], to: "empty")
    #expect(throws: StateError(path, "expected a file of tensors, found an empty one")) {
      try StoredState(contentsOf: path)
    }
  }

  @Test func `a pipe is refused without waiting`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: StateError(path, "expected a regular file, found a device or pipe")) {
      try StoredState(contentsOf: path)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser reads every file"))
  func `an unreadable file is refused`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "secret")
    #expect(chmod(path, 0) == 0)
    #expect(throws: StateError(path, "cannot open: permission denied")) {
      try StoredState(contentsOf: path)
    }
  }
}
