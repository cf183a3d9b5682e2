/// The one EXIF tag that changes a picture's size (CIPA DC-008, 4.6.5.1.6).
enum EXIF {
  static let orientationTag: UInt16 = 274

  /// The orientation in the TIFF block of `count` bytes at `offset`: 1 where there is none, or where
  /// the block is damaged, since the picture is whole without it.
  static func orientation(_ source: inout ByteSource, at offset: Int, count: Int) -> Int {
    guard
      let directory = try? TIFFDirectory(&source, at: offset, count: count),
      let value = try? directory.first(orientationTag, &source)
    else { return 1 }
    return valid(value)
  }

  /// `value` where it is an orientation, else 1.
  static func valid(_ value: Int) -> Int {
    (1...8).contains(value) ? value : 1
  }
}
