import CCopra
import Files
import Glibc

/// Bytes in memory that readers read as a file.
struct MemoryFile {
  let file: InputFile

  init(_ bytes: UnsafeBufferPointer<CChar>) throws {
    let descriptor = copra_open_memory()
    guard descriptor >= 0 else { throw FileError("open", "memory") }
    // The file keeps a descriptor of its own.
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count, let first = bytes.baseAddress {
      let count = write(descriptor, first + done, bytes.count - done)
      guard count > 0 else { throw FileError("write", "memory") }
      done += count
    }
    file = try InputFile("/proc/self/fd/\(descriptor)")
  }
}
