import CImageCodecs

/// The conversion of JPEG files to ones stored as they are displayed.
public enum UprightJPEG {
  /// Returns a JPEG file turned by its EXIF orientation, with the orientation 1; no coefficient is
  /// changed. Returns nil if this is not possible without loss: if the blocks at an edge that moves
  /// are cut, if the file is damaged, and for a file that is no JPEG or is already upright.
  public static func turned(_ bytes: [UInt8]) -> [UInt8]? {
    guard let header = try? ImageHeader.parse(bytes), header.format == .jpeg,
      header.orientation > 1
    else { return nil }
    var result: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = CopraTurnJPEG(bytes, bytes.count, Int32(header.orientation), &result, &count)
    defer { CopraFreeJPEG(result) }
    guard status == .done, let result else { return nil }
    var turned = Array(UnsafeBufferPointer(start: result, count: count))
    guard clearOrientation(&turned) else { return nil }
    return turned
  }

  /// Sets the EXIF orientation to 1; returns false if there is none to set.
  private static func clearOrientation(_ bytes: inout [UInt8]) -> Bool {
    let found = bytes.withUnsafeBytes { raw -> (place: Int, isBigEndian: Bool, size: Int)? in
      var source = ByteSource(raw)
      guard let block = try? JPEGHeader.exifBlock(&source),
        let directory = try? TIFFDirectory(&source, at: block.offset, count: block.count),
        let entry = try? directory.firstEntry(of: EXIF.orientationTag, &source)
      else { return nil }
      let size = [1: 1, 3: 2, 4: 4][entry.type] ?? 0
      return (block.offset + entry.valueOffset, directory.isBigEndian, size)
    }
    guard let found, found.size > 0, found.place + found.size <= bytes.count else { return false }
    for index in 0..<found.size { bytes[found.place + index] = 0 }
    bytes[found.isBigEndian ? found.place + found.size - 1 : found.place] = 1
    return true
  }
}
