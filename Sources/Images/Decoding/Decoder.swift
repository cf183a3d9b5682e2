import CImageCodecs

/// One picture in the hands of libjpeg or libpng, whose state goes when it goes.
///
/// Borrows the bytes it was opened with, so it must not leave the closure that lends them.
struct Decoder: ~Copyable {
  private let handle: OpaquePointer

  /// Pixels and samples as `read(_:rowBytes:rows:)` gives them.
  var picture: CopraPicture { CopraDecoderPicture(handle) }

  /// What the library read past, if there was any damage.
  var warning: String? {
    let text = String(cString: CopraDecoderWarning(handle))
    return text.isEmpty ? nil : text.lowercasedFirst
  }

  /// Whether there is a `warning`, at no cost.
  var isDamaged: Bool { CopraDecoderWarning(handle)?.pointee != 0 }

  private init(handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    CopraDecoderClose(handle)
  }

  /// A decoder for `bytes`, once the size they claim is seen to be within `pixelLimit`.
  static func open(
    _ bytes: UnsafeRawBufferPointer, samples: CopraSamples, pixelLimit: Int
  ) throws(ImageError) -> Decoder {
    try open(bytes, header: ImageHeader.parse(bytes), samples: samples, pixelLimit: pixelLimit)
  }

  /// As `open(_:samples:pixelLimit:)`, with the header that was parsed from `bytes`.
  static func open(
    _ bytes: UnsafeRawBufferPointer, header: ImageHeader, samples: CopraSamples, pixelLimit: Int
  ) throws(ImageError) -> Decoder {
    try check(width: header.width, height: header.height, pixelLimit: pixelLimit)
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let handle: OpaquePointer? =
      switch header.format {
      case .png: CopraDecoderOpenPNG(start, bytes.count, samples)
      case .jpeg where samples == .labels:
        throw .unsupported("expected a PNG mask, found a JPEG, whose values are not exact")
      case .jpeg: CopraDecoderOpenJPEG(start, bytes.count, samples)
      case .bmp, .gif, .tiff, .webp: throw unsupported(header.format)
      }
    guard let handle else { throw .outOfMemory }
    let decoder = Decoder(handle: handle)
    try decoder.checkStatus()
    // The library's own reading of the size is what the pixels are allocated by.
    try check(
      width: Int(decoder.picture.width), height: Int(decoder.picture.height), pixelLimit: pixelLimit
    )
    return decoder
  }

  /// Why a picture of a format cannot be decoded at all.
  private static func unsupported(_ format: ImageFormat) -> ImageError {
    .unsupported("expected a JPEG or PNG to decode, found a \(format.rawValue) file")
  }

  /// Throws what the header alone says against decoding a picture in colours.
  static func check(_ header: ImageHeader, pixelLimit: Int) throws(ImageError) {
    switch header.format {
    case .jpeg, .png:
      try check(width: header.width, height: header.height, pixelLimit: pixelLimit)
    case .bmp, .gif, .tiff, .webp: throw unsupported(header.format)
    }
  }

  /// All samples, row by row, 16-bit ones in the machine's byte order.
  func pixels() throws(ImageError) -> [UInt8] {
    let picture = picture
    let rowBytes = Int(picture.width) * Int(picture.channels) * Int(picture.bitDepth / 8)
    let count = rowBytes * Int(picture.height)
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if CopraDecoderRead(handle, buffer.baseAddress, rowBytes, picture.height) == .done {
        initialized = count
      }
    }
    try checkStatus()
    return pixels
  }

  /// The next `rows` rows of `rowBytes` bytes each; all rows at once where `picture` is interlaced.
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

  private static func check(width: Int, height: Int, pixelLimit: Int) throws(ImageError) {
    guard width * height <= pixelLimit else {
      throw .tooLarge(width: width, height: height, limit: pixelLimit)
    }
  }
}
