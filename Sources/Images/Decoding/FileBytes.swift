/// A whole file in memory.
enum FileBytes {
  /// All bytes of the regular file at `path`, fewer than its size where it shrinks meanwhile.
  static func read(path: String) throws(ImageError) -> [UInt8] {
    let file = try RegularFile(path: path)
    var failure: ImageError?
    let bytes = [UInt8](unsafeUninitializedCapacity: file.stamp.size) { buffer, found in
      do throws(ImageError) {
        found = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
