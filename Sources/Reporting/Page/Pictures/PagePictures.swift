public import COCO

/// Small versions of images for a page, by their records.
public struct PagePictures: Sendable {
  /// A small image, or the reason why there is none.
  public enum Picture: Sendable {
    /// A JPEG file with its size in pixels and its scale.
    case jpeg([UInt8], width: Int, height: Int, scale: Scale)
    /// The reason as a message.
    case unreadable(String)
  }

  /// The pixels of the small image for each pixel of the annotations' image.
  public struct Scale: Sendable {
    /// The factor of widths.
    public var x: Double
    /// The factor of heights.
    public var y: Double

    /// Creates a scale.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  private(set) var pictures: [RecordReference: Picture] = [:]

  /// Creates an empty collection.
  public init() {}

  /// Sets the small version of an image.
  public mutating func set(_ picture: Picture, of image: RecordReference) {
    pictures[image] = picture
  }
}
