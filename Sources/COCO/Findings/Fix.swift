/// A way to fix what a finding reports.
public struct Fix: Sendable, Equatable {
  /// One change, to the record that the finding is about or to the text of a file.
  public enum Edit: Sendable, Equatable {
    /// Sets an annotation's box.
    case setBox(Box)
    /// Sets an annotation's outline; nil removes it.
    case setSegmentation(Segmentation?)
    /// Sets an annotation's area in square pixels.
    case setArea(Double)
    /// Sets an annotation's `iscrowd`.
    case setCrowd(Int)
    /// Sets an annotation's `num_keypoints`.
    case setKeypointCount(Int)
    /// Sets the record's own id. Annotations follow an image or category whose id was its own.
    case setID(Int)
    /// Sets an image's width and height in pixels.
    case setSize(width: Int, height: Int)
    /// Sets a category's name.
    case rename(String)
    /// Gives a category's annotations to the category with this id and removes the category.
    case merge(into: Int)
    /// Removes the record; an image is removed with its annotations.
    case remove
    /// Replaces bytes of the file that the finding's origin names. The record has already been read
    /// as the new text says.
    case replaceText(Range<Int>, with: String)
  }

  /// The action of the fix as a short phrase, for example `sort the corners`.
  public var title: String
  /// Whether the fix can be applied without review: it loses nothing and guesses nothing.
  public var isSafe: Bool
  /// The changes that make up the fix.
  public var edits: [Edit]

  /// Creates a fix with a title, its safety and its edits.
  public init(_ title: String, isSafe: Bool, edits: [Edit]) {
    self.title = title
    self.isSafe = isSafe
    self.edits = edits
  }
}
