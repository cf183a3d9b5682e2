import CImageCodecs

/// An image's samples, row by row from the top. They borrow the bytes of the file, so they must not
/// leave the closure that provides them.
protocol PictureRows: AnyObject {
  /// The size of the rows, and what their samples are.
  var picture: CopraPicture { get }
  /// The damage that was read past; nil if there was none.
  var warning: String? { get }
  /// Whether there is a `warning`, at no cost.
  var isDamaged: Bool { get }

  /// Writes the next `rows` rows of `rowBytes` bytes each; all rows at once if `picture` is
  /// interlaced.
  func read(
    _ pixels: UnsafeMutablePointer<UInt8>, rowBytes: Int, rows: Int
  ) throws(ImageError)
}

extension PictureRows {
  var warning: String? { nil }
  var isDamaged: Bool { false }

  /// Returns all samples, row by row, 16-bit ones in the machine's byte order.
  func pixels() throws(ImageError) -> [UInt8] {
    let picture = picture
    let rowBytes = Int(picture.width) * Int(picture.channels) * Int(picture.bitDepth / 8)
    let count = rowBytes * Int(picture.height)
    var failure: ImageError?
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let start = buffer.baseAddress else { return }
      do throws(ImageError) {
        try read(start, rowBytes: rowBytes, rows: Int(picture.height))
        initialized = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return pixels
  }
}

/// An image decoded by libjpeg, libpng, libwebp, libtiff or giflib, whose state is freed with the
/// object.
final class LibraryRows: PictureRows {
  private let handle: OpaquePointer

  var picture: CopraPicture { CopraDecoderPicture(handle) }

  var warning: String? {
    let text = String(cString: CopraDecoderWarning(handle))
    return text.isEmpty ? nil : text.lowercasedFirst
  }

  var isDamaged: Bool { CopraDecoderWarning(handle)?.pointee != 0 }

  /// Adopts an opened decoder; nil means that memory ran out.
  init(_ handle: OpaquePointer?) throws(ImageError) {
    guard let handle else { throw .outOfMemory }
    self.handle = handle
    try checkStatus()
  }

  deinit {
    CopraDecoderClose(handle)
  }

  func read(
    _ pixels: UnsafeMutablePointer<UInt8>, rowBytes: Int, rows: Int
  ) throws(ImageError) {
    if CopraDecoderRead(handle, pixels, rowBytes, UInt32(rows)) != .done {
      try checkStatus()
    }
  }

  private func checkStatus() throws(ImageError) {
    let status = CopraDecoderStatus(handle)
    if status == .done { return }
    let message = String(cString: CopraDecoderMessage(handle)).lowercasedFirst
    switch status {
    case .truncated: throw .truncated(message)
    case .unsupported: throw .unsupported(message)
    case .memory: throw .outOfMemory
    case .corrupt, .done: throw .corrupt(message)
    }
  }
}
