public import COCO

/// Small pictures for a page, by the images that they are of.
public struct PagePictures: Sendable {
  /// A small picture, or why there is none.
  public enum Picture: Sendable {
    /// A JPEG file of so many pixels.
    case jpeg([UInt8], width: Int, height: Int, scale: Scale)
    /// The reason in words.
    case unreadable(String)
  }

  /// Pixels of the small picture for each pixel in which annotations are given.
  public struct Scale: Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  private(set) var pictures: [RecordReference: Picture] = [:]

  public init() {}

  /// Sets the picture of an image.
  public mutating func set(_ picture: Picture, of image: RecordReference) {
    pictures[image] = picture
  }
}
