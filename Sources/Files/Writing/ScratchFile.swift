import Glibc

/// A file without a name, which is removed when it is closed.
enum UnnamedFile {
  /// Returns a descriptor to write and read.
  static func open(for path: String) throws(FileError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let descriptor = Glibc.open(folder, __O_TMPFILE | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError("copy", path) }
    return descriptor
  }
}

/// A file without a name, in the folder of temporary files, for what does not fit in memory. It is
/// removed when the program lets go of it.
public final class ScratchFile: Sendable {
  private static let name = "temporary file"

  private let descriptor: Int32

  /// Creates an empty file.
  ///
  /// - Throws: A `FileError` if the folder of temporary files cannot be written.
  public init() throws(FileError) {
    descriptor = try UnnamedFile.open(for: Self.name)
  }

  deinit { close(descriptor) }

  /// Adds numbers at the end, 8 bytes each. Throws a `FileError` if the system refuses, as on a full
  /// disk.
  public func append(_ numbers: [Double]) throws(FileError) {
    let result = numbers.withUnsafeBytes { bytes in
      Result { () throws(FileError) in
        try UnfinishedFiles.write(bytes, to: descriptor, path: Self.name)
      }
    }
    try result.get()
  }

  /// Returns `count` numbers from the number at `index` on, or as many as there are.
  ///
  /// - Throws: A `FileError` if the system refuses.
  public func numbers(at index: Int, count: Int) throws(FileError) -> [Double] {
    let size = MemoryLayout<Double>.stride
    let file = InputFile(Self.name, borrowing: descriptor, size: 0)
    var failure: FileError?
    let numbers = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      guard let base = buffer.baseAddress else { return }
      do throws(FileError) {
        filled = try file.read(at: index * size, into: base, count: count * size) / size
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return numbers
  }
}
