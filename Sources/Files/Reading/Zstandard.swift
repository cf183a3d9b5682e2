import CZstd
import Glibc

/// Files compressed by Zstandard (RFC 8878), recognised by their ending `.zst`: they are read and
/// written as the file that they hold.
enum Zstandard {
  private static let level: Int32 = 3

  static func isEnding(of path: String) -> Bool { path.utf8.suffix(4).elementsEqual(".zst".utf8) }

  /// Returns a descriptor of a file without a name that holds what `descriptor` holds compressed.
  static func decompressed(_ descriptor: Int32, path: String) throws(FileError) -> Int32 {
    let copy = try UnnamedFile.open(for: path)
    do throws(FileError) {
      try decompress(descriptor, into: copy, path: path)
      return copy
    } catch {
      close(copy)
      throw error
    }
  }

  private static func decompress(
    _ descriptor: Int32, into copy: Int32, path: String
  ) throws(FileError) {
    guard let stream = ZSTD_createDStream() else { throw FileError("read", path, code: ENOMEM) }
    defer { ZSTD_freeDStream(stream) }
    var (input, output) = (
      [UInt8](repeating: 0, count: ZSTD_DStreamInSize()),
      [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    )
    // What is left of the frame: not 0 at the end of a file that was cut.
    var left = 1
    while true {
      let got = read(descriptor, &input, input.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileError("read", path) }
      if got == 0 { break }
      var taken = 0
      repeat {
        let (consumed, made, rest) = step(stream, input[taken..<got], &output)
        guard ZSTD_isError(rest) == 0 else { throw FileError("decompress", path, code: EBADMSG) }
        (taken, left) = (taken + consumed, rest)
        try UnfinishedFiles.write(Array(output[..<made]), to: copy, path: path)
        if consumed == 0, made == 0 { break }
      } while taken < got || left > 0
    }
    guard left == 0 else { throw FileError("decompress", path, code: ENODATA) }
  }

  private static func step(
    _ stream: OpaquePointer, _ input: ArraySlice<UInt8>, _ output: inout [UInt8]
  ) -> (consumed: Int, made: Int, left: Int) {
    input.withUnsafeBytes { bytes in
      output.withUnsafeMutableBytes { room in
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
        let left = ZSTD_decompressStream(stream, &target, &source)
        return (source.pos, target.pos, left)
      }
    }
  }

  /// Writes what `file` holds, compressed, to `descriptor`.
  static func compress(_ file: InputFile, into descriptor: Int32) throws(FileError) {
    guard let stream = ZSTD_createCCtx() else { throw FileError("write", file.path, code: ENOMEM) }
    defer { ZSTD_freeCCtx(stream) }
    ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1)
    var output = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())
    let blockSize = ZSTD_CStreamInSize()
    var offset = 0
    while true {
      let input = try file.bytes(at: offset, count: blockSize)
      offset += input.count
      let isLast = input.count < blockSize
      var (taken, isDone) = (0, false)
      while !isDone {
        let (consumed, made, left) = step(stream, input[taken...], &output, isLast: isLast)
        guard ZSTD_isError(left) == 0 else { throw FileError("compress", file.path, code: EIO) }
        taken += consumed
        try UnfinishedFiles.write(Array(output[..<made]), to: descriptor, path: file.path)
        isDone = isLast ? left == 0 : taken == input.count
      }
      if isLast { return }
    }
  }

  private static func step(
    _ stream: OpaquePointer, _ input: ArraySlice<UInt8>, _ output: inout [UInt8], isLast: Bool
  ) -> (consumed: Int, made: Int, left: Int) {
    input.withUnsafeBytes { bytes in
      output.withUnsafeMutableBytes { room in
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
        let left = ZSTD_compressStream2(
          stream, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
        return (source.pos, target.pos, left)
      }
    }
  }
}
