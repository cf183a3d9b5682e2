public import Files

/// A change that fixes make to one record or to the text of a file: all that an editor needs to
/// write it into the user's own files.
public struct RecordChange: Sendable, Equatable {
  /// The old and new state of a record, or the new text of a range of bytes.
  public enum Content: Sendable, Equatable {
    /// The record as it was read and as it is to be; nil if it is removed. The annotation and
    /// category cases follow the same order.
    case image(Image, Image?)
    case annotation(Annotation, Annotation?, AnnotationSetting)
    case category(Category, Category?)
    /// A new text for a range of bytes of the file. No record shows this change.
    case text(Range<Int>, String)
  }

  /// The record, by its position when it was read; nil for a text that belongs to no record.
  public var record: RecordReference?
  /// The place of the record or the text; nil if it is in no file.
  public var origin: Origin?
  /// The fields that the fixes set; empty if the record is removed, and for a text.
  public var fields: Set<RecordField>
  /// The old and new state.
  public var content: Content

  /// Creates a change of a record or a text.
  public init(
    record: RecordReference?, origin: Origin?, fields: Set<RecordField> = [], content: Content
  ) {
    self.record = record
    self.origin = origin
    self.fields = fields
    self.content = content
  }
}

/// The image and categories that an annotation belongs to, before and after the change.
public struct AnnotationSetting: Sendable, Equatable {
  /// The image as it was read.
  public var image: Image?
  /// Whether the annotation is removed because its image is.
  public var followsImage: Bool
  /// The category as it was read.
  public var oldCategory: Category?
  /// The category as it is to be.
  public var newCategory: Category?
  /// The new category as it was read.
  public var newCategoryAsRead: Category?

  /// Creates the setting of an annotation.
  public init(
    image: Image? = nil, followsImage: Bool = false, oldCategory: Category? = nil,
    newCategory: Category? = nil, newCategoryAsRead: Category? = nil
  ) {
    self.image = image
    self.followsImage = followsImage
    self.oldCategory = oldCategory
    self.newCategory = newCategory
    self.newCategoryAsRead = newCategoryAsRead
  }
}
