/// An image for people to view: in RGB, upright, and no larger than requested.
public struct ShownPicture: Sendable {
  /// The pixels in RGB.
  public var bitmap: Bitmap
  /// The pixels of `bitmap` for each pixel of the file's image, across and down as displayed.
  public var scale: (x: Double, y: Double)

  /// Decodes an image file.
  ///
  /// - Parameters:
  ///   - isUpright: Whether the image is turned by its EXIF orientation.
  ///   - frame: The width and height in pixels that it has to fit into; nil for its own.
  /// - Throws: The errors of `Bitmap.decode(path:pixelLimit:)`.
  public init(
    path: String, isUpright: Bool = true, within frame: (width: Int, height: Int)? = nil
  ) throws(ImageError) {
    let bytes = try FileBytes.read(path: path)
    let header = try ImageHeader.parse(bytes)
    let turns = isUpright && header.isTurned
    let (width, height) = turns ? (header.height, header.width) : (header.width, header.height)
    var share = 1.0
    if let frame {
      share = min(
        Double(frame.width) / Double(width), Double(frame.height) / Double(height), 1)
    }
    let target = (
      width: max(Int((Double(header.width) * share).rounded()), 1),
      height: max(Int((Double(header.height) * share).rounded()), 1)
    )
    let least = share < 1 ? max(target.width, target.height) : 0
    var picture = try Bitmap.decode(bytes, leastSide: least).rgb()
    if share < 1 { picture = picture.reduced(width: target.width, height: target.height) }
    if isUpright { picture = picture.upright(orientation: header.orientation) }
    scale = (Double(picture.width) / Double(width), Double(picture.height) / Double(height))
    bitmap = picture
  }
}
