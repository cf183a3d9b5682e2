/// A binary mask as run lengths in column order, zeros first: COCO's RLE.
public struct RunLengthMask: Sendable, Equatable {
  public var height: Int
  public var width: Int
  /// Lengths of the runs of zeros and ones in turn, beginning with zeros.
  public var counts: [UInt32]

  public init(height: Int, width: Int, counts: [UInt32]) {
    self.height = height
    self.width = width
    self.counts = counts
  }
}
