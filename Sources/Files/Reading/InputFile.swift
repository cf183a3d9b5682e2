import Glibc

/// A file open for reading at any offset, by several tasks at once. The path `-` is standard input, which
/// is copied once as any pipe is; a file that Zstandard made smaller, by its ending `.zst`, is read as what it holds.
public final class InputFile: Sendable {
  /// The path as it was given.
  public let path: String
  /// Whether this is standard input, whose path is `-`, or another pipe.
  public let isPiped: Bool
  /// Bytes, when the file was opened.
  public let size: Int
  private let descriptor: Int32
  private let closesDescriptor: Bool

  /// Throws a `FileError` where the file cannot be opened or is a folder.
  public init(_ path: String) throws(FileError) {
    let copy = try PipedInput.open(path)
    var descriptor = copy ?? open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("open", path) }
    var status = stat()
    do throws(FileError) {
      guard fstat(descriptor, &status) == 0 else { throw FileError("read", path) }
      if status.st_mode & S_IFMT == S_IFDIR { throw FileError("read", path, code: EISDIR) }
      if Zstandard.isEnding(of: path) {
        let whole = try Zstandard.decompressed(descriptor, path: path)
        close(descriptor)
        descriptor = whole
        guard fstat(descriptor, &status) == 0 else { throw FileError("read", path) }
      }
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    isPiped = copy != nil
    self.descriptor = descriptor
    size = Int(status.st_size)
    closesDescriptor = true
  }

  /// Creates a file that someone else has open and keeps open for as long as this one is used.
  init(_ path: String, borrowing descriptor: Int32, size: Int) {
    self.path = path
    isPiped = false
    self.descriptor = descriptor
    self.size = size
    closesDescriptor = false
  }

  deinit {
    if closesDescriptor { close(descriptor) }
  }

  /// Reads up to `count` bytes from `offset` on; fewer only at the end of the file.
  public func read(
    at offset: Int, into buffer: UnsafeMutableRawPointer, count: Int
  ) throws(FileError) -> Int {
    var done = 0
    while done < count {
      let got = pread(descriptor, buffer + done, count - done, off_t(offset + done))
      if got == 0 { break }
      if got > 0 {
        done += got
      } else if errno != EINTR {
        throw FileError("read", path)
      }
    }
    return done
  }

  /// Waits until the file is on the disk.
  func sync() {
    fdatasync(descriptor)
  }

  /// Returns the bytes from `offset` on, `count` of them or as many as there are.
  public func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
      guard let base = buffer.baseAddress, count > 0 else { return }
      do throws(FileError) {
        filled = try read(at: offset, into: base, count: count)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Returns all bytes of the file at `path`; also of a pipe, whose size is not known before.
  public static func contents(_ path: String) throws(FileError) -> [UInt8] {
    let file = try InputFile(path)
    return try file.contents()
  }

  private func contents() throws(FileError) -> [UInt8] {
    if size > 0 { return try bytes(at: 0, count: size) }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while true {
      let got = Glibc.read(descriptor, &block, block.count)
      if got == 0 { return all }
      if got > 0 {
        all.append(contentsOf: block[..<got])
      } else if errno != EINTR {
        throw FileError("read", path)
      }
    }
  }
}
