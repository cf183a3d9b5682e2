public import Files

/// What fixes make of one record, or of the text of a file: all that an editor needs to write them
/// into the user's own files.
public struct RecordChange: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    /// As it was read and as it is to be; nil where it goes.
    case image(Image, Image?)
    case annotation(Annotation, Annotation?, AnnotationSetting)
    case category(Category, Category?)
    /// Bytes of the file that get another text. No record shows it.
    case text(Range<Int>, String)
  }

  /// By its position as it was read; nil for a text that is of no record.
  public var record: RecordReference?
  /// Where the record or the text stands; nil where it stands in no file.
  public var origin: Origin?
  /// What the fixes set; empty where the record goes, and for a text.
  public var fields: Set<RecordField>
  public var content: Content

  public init(
    record: RecordReference?, origin: Origin?, fields: Set<RecordField> = [], content: Content
  ) {
    self.record = record
    self.origin = origin
    self.fields = fields
    self.content = content
  }
}

/// What an annotation belongs to.
public struct AnnotationSetting: Sendable, Equatable {
  /// As it was read.
  public var image: Image?
  /// Whether the annotation goes because its image does.
  public var followsImage: Bool
  /// As it was read.
  public var oldCategory: Category?
  /// As it is to be.
  public var newCategory: Category?
  /// The new category as it was read.
  public var newCategoryAsRead: Category?

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
