/// Files that show a fault of reading: its test and its documentation.
public struct FileExample: Sendable {
  /// What is the matter, or why nothing is.
  public var title: String
  /// The format that reads them, by its name: `voc`, `yolo`, `csv`, `coco`, `masks`.
  public var format: String
  public var files: [ExampleFile]
  /// What the user says beside, by the names that `copra.yaml` has for it: `difficult: drop`.
  public var options: [String: String]
  public var isFlagged: Bool
  /// What the fixes make of the file that they change; nil where they change none.
  public var mended: String?
}

/// A file of an example.
public struct ExampleFile: Sendable {
  /// What stands at a path.
  public enum Content: Sendable, Equatable {
    /// A text file in UTF-8.
    case text(String)
    /// A file that is no text in UTF-8.
    case bytes([UInt8])
    /// A picture of 64×48 pixels.
    case picture
    /// A link to a file that does not exist.
    case brokenLink
    /// A folder that may not be listed.
    case lockedFolder
  }

  /// Below the input.
  public var path: String
  public var content: Content
}

extension FileExample {
  /// Files of which a reader has to say something.
  static func flags(
    _ title: String, _ format: String, _ files: ExampleFile..., options: [String: String] = [:],
    mended: String? = nil
  ) -> FileExample {
    FileExample(
      title: title, format: format, files: files, options: options, isFlagged: true,
      mended: mended)
  }

  /// Files that a reader takes as they are.
  static func allows(
    _ title: String, _ format: String, _ files: ExampleFile..., options: [String: String] = [:]
  ) -> FileExample {
    FileExample(title: title, format: format, files: files, options: options, isFlagged: false)
  }
}
