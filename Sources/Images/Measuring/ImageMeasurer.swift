import CImageCodecs
import Glibc

/// A measurer of one image after the other, in memory that it reuses; each task needs its own.
public final class ImageMeasurer {
  /// The number of rows that are decoded at a time.
  private static let rowsAtOnce = 16
  /// The most bytes of a file's or of rows' memory that are kept for the next image.
  private static let keptMemory = 1 << 25

  private let pixelLimit: Int
  private var file = ReusedMemory()
  private var samples = ReusedMemory()
  private var lumaRow = ReusedMemory()
  private var survey = LumaSurvey()

  /// Creates a measurer. Images of more than `pixelLimit` pixels (at most 2³¹) are not decoded.
  public init(pixelLimit: Int = Bitmap.defaultPixelLimit) {
    self.pixelLimit = min(pixelLimit, 1 << 31)
  }

  /// Opens the file at `path` once, reads it once and decodes it once.
  ///
  /// A few rows of pixels are held at a time, and all of them only if a PNG is interlaced.
  ///
  /// - Throws: `notFound` or `unreadable` for the file; `unsupported` for one that is not regular
  ///   or has more than 2 GiB; `outOfMemory`. All faults of the image are in the result.
  public func measure(path: String) throws(ImageError) -> ImageMeasurement {
    let opened = try RegularFile(path: path)
    let stamp = opened.stamp
    let memory = try file.memory(stamp.size)
    let bytes = UnsafeRawBufferPointer(rebasing: memory[..<(try opened.read(into: memory))])
    defer {
      file.forget(above: Self.keptMemory)
      samples.forget(above: Self.keptMemory)
      lumaRow.forget(above: Self.keptMemory)
    }
    return try measure(bytes, stamp: stamp)
  }

  /// Measures a file's bytes as `measure(path:)`.
  func measure(
    _ bytes: UnsafeRawBufferPointer, stamp: FileStamp
  ) throws(ImageError) -> ImageMeasurement {
    var result = ImageMeasurement(
      stamp: stamp, contentHash: MurmurHash3.hash(bytes), header: nil, decoding: .whole)
    do throws(ImageError) {
      let header = try ImageHeader.parse(bytes)
      result.header = header
      result.luma = try luma(bytes, header: header)
    } catch {
      guard let decoding = ImageMeasurement.Decoding(error) else { throw error }
      result.decoding = decoding
    }
    return result
  }

  private func luma(
    _ bytes: UnsafeRawBufferPointer, header: ImageHeader
  ) throws(ImageError) -> LumaMeasurement {
    let decoder = try Decoder.open(
      bytes, header: header, samples: .luma, pixelLimit: pixelLimit,
      leastSide: LumaSurvey.workingSide)
    let picture = decoder.picture
    let (width, height) = (Int(picture.width), Int(picture.height))
    guard height <= AreaReduction.maximumHeight else {
      throw .unsupported(
        "expected at most \(AreaReduction.maximumHeight) rows to decode, found \(height)")
    }
    survey.start(width: width, height: height, orientation: header.orientation)
    let rowBytes = width * Int(picture.channels)
    let rowsAtOnce = picture.interlaced ? height : min(height, Self.rowsAtOnce)
    let memory = try samples.memory(rowBytes * rowsAtOnce)
    guard let rows = memory.bindMemory(to: UInt8.self).baseAddress else { throw .outOfMemory }
    var row = 0
    while row < height {
      let count = min(rowsAtOnce, height - row)
      try decoder.read(rows, rowBytes: rowBytes, rows: count)
      if decoder.isDamaged { break }
      try add(rows, of: picture, count: count)
      row += count
    }
    if let warning = decoder.warning { throw .corrupt(warning) }
    return survey.measurement
  }

  private func add(
    _ rows: UnsafePointer<UInt8>, of picture: CopraPicture, count: Int
  ) throws(ImageError) {
    let (width, channels) = (Int(picture.width), Int(picture.channels))
    if channels == 1 {
      for row in 0..<count { survey.add(rows + row * width) }
      return
    }
    let memory = try lumaRow.memory(width)
    guard let luma = memory.bindMemory(to: UInt8.self).baseAddress else { throw .outOfMemory }
    for row in 0..<count {
      LumaRow.convert(
        rows + row * width * channels, channels: channels, into: luma, count: width)
      survey.add(luma)
    }
  }
}

/// Memory that grows on demand and throws an error if the system has none.
private struct ReusedMemory: ~Copyable {
  private var start: UnsafeMutableRawPointer?
  private var capacity = 0

  deinit {
    free(start)
  }

  /// Returns `count` bytes with arbitrary contents; valid until the next call.
  mutating func memory(_ count: Int) throws(ImageError) -> UnsafeMutableRawBufferPointer {
    if count > capacity || start == nil {
      free(start)
      capacity = max(count, 4096)
      start = malloc(capacity)
    }
    guard let start else {
      capacity = 0
      throw .outOfMemory
    }
    return UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  /// Frees the memory if it is larger than `limit` bytes.
  mutating func forget(above limit: Int) {
    guard capacity > limit else { return }
    free(start)
    (start, capacity) = (nil, 0)
  }
}
