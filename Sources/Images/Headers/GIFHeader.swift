/// A GIF file's logical screen (GIF89a specification, section 18), which is the size it is shown at
/// and decoded to.
enum GIFHeader {
  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    let width = Int(try source.littleEndian16(at: 6))
    let height = Int(try source.littleEndian16(at: 8))
    return try ImageHeader(
      format: .gif, width: width, height: height, channels: 1, bitDepth: 8, colourModel: .palette
    ).sized(at: 6)
  }
}
