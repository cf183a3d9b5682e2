import Files
import Foundation
import TestSupport
import Testing

@Suite("Locks of files")
struct FileLockTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test
  func `a second lock is refused with the process that holds the first, and free after that`()
    throws
  {
    let path = folder.path("weights")
    let lock = try FileLock(of: path)
    let error = #expect(throws: FileLockError.self) { try FileLock(of: path) }
    #expect(error?.process == Int(ProcessInfo.processInfo.processIdentifier))
    #expect(
      error?.description
        == "\(path): process \(ProcessInfo.processInfo.processIdentifier) is writing it "
        + "(\(path).lock is its lock)")
    lock.release()
    #expect(!FileManager.default.fileExists(atPath: "\(path).lock"))
    let next = try FileLock(of: path)
    next.release()
  }

  @Test func `a lock that a killed process left behind is taken over`() throws {
    let path = folder.path("weights")
    try folder.write("1\n", to: "weights.lock")
    let lock = try FileLock(of: path)
    #expect(try String(contentsOfFile: "\(path).lock", encoding: .utf8).hasPrefix("\(getpid())"))
    lock.release()
  }

  @Test func `a file whose folder is not there cannot be locked`() {
    #expect(throws: FileError.self) { try FileLock(of: folder.path("absent/weights")) }
  }
}
