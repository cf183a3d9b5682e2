/// Bytes of a file that others have taken the place of.
public struct ByteChange: Sendable, Equatable {
  /// In the file as it was.
  public var old: Range<Int>
  /// In the file as it is now.
  public var new: Range<Int>

  /// Creates a change of bytes at `old`, whose new ones stand at `new`.
  public init(old: Range<Int>, new: Range<Int>) {
    self.old = old
    self.new = new
  }
}
