/// A replacement of bytes in a file.
public struct ByteChange: Sendable, Equatable {
  /// The range in the old file.
  public var old: Range<Int>
  /// The range in the new file.
  public var new: Range<Int>

  /// Creates a change of bytes at `old`, whose new ones stand at `new`.
  public init(old: Range<Int>, new: Range<Int>) {
    self.old = old
    self.new = new
  }
}
