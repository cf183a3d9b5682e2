/// Files that show a fault of reading; they serve as test and as documentation.
public struct FileExample: Sendable {
  /// The fault shown, or the reason why there is none.
  public var title: String
  /// The name of the format that reads them: `voc`, `yolo`, `csv`, `coco`, `masks`.
  public var format: String
  /// The files of the input.
  public var files: [ExampleFile]
  /// The options beside the input, named as in `copra.yaml`: `difficult: drop`.
  public var options: [String: String]
  /// Whether the reader reports the fault.
  public var isFlagged: Bool
  /// The text of the file that fixes change, after them; nil if they change none.
  public var fixed: String?
}

/// A file of an example.
public struct ExampleFile: Sendable {
  /// The content at a path.
  public enum Content: Sendable, Equatable {
    /// A text file in UTF-8.
    case text(String)
    /// A file that is no text in UTF-8.
    case bytes([UInt8])
    /// An image of 64×48 pixels.
    case picture
    /// A link to a file that does not exist.
    case brokenLink
    /// A folder that may not be listed.
    case lockedFolder
  }

  /// The path below the input.
  public var path: String
  /// The content of the file.
  public var content: Content
}

extension FileExample {
  /// Returns files about which a reader reports the fault.
  static func flags(
    _ title: String, _ format: String, _ files: ExampleFile..., options: [String: String] = [:],
    fixed: String? = nil
  ) -> FileExample {
    FileExample(
      title: title, format: format, files: files, options: options, isFlagged: true,
      fixed: fixed)
  }

  /// Returns files that a reader accepts as they are.
  static func allows(
    _ title: String, _ format: String, _ files: ExampleFile..., options: [String: String] = [:]
  ) -> FileExample {
    FileExample(title: title, format: format, files: files, options: options, isFlagged: false)
  }
}
