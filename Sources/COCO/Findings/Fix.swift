/// A way to mend what a finding reports.
public struct Fix: Sendable, Equatable {
  /// One change, to the record that the finding is about or to the text of a file.
  public enum Edit: Sendable, Equatable {
    /// An annotation's box.
    case setBox(Box)
    /// An annotation's outline; nil takes it away.
    case setSegmentation(Segmentation?)
    /// An annotation's area in square pixels.
    case setArea(Double)
    /// An annotation's `iscrowd`.
    case setCrowd(Int)
    /// An annotation's `num_keypoints`.
    case setKeypointCount(Int)
    /// The record's own id. Annotations follow an image or category whose id was its own.
    case setID(Int)
    /// An image's width and height in pixels.
    case setSize(width: Int, height: Int)
    /// A category's name.
    case rename(String)
    /// Gives a category's annotations to the category with this id and takes the category away.
    case merge(into: Int)
    /// Takes the record away, an image with its annotations.
    case remove
    /// Bytes of the file that the finding's origin names. The record has been read that way already.
    case replaceText(Range<Int>, with: String)
  }

  /// What the fix does, in words: `sort the corners`.
  public var title: String
  /// Whether it can be applied unseen: it loses nothing and guesses nothing.
  public var isSafe: Bool
  public var edits: [Edit]

  public init(_ title: String, isSafe: Bool, edits: [Edit]) {
    self.title = title
    self.isSafe = isSafe
    self.edits = edits
  }
}
