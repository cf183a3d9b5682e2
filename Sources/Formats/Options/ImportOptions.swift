public import COCO
public import Files

/// The user's options for the interpretation of the input.
public struct ImportOptions: Sendable {
  /// The size that an image with an EXIF orientation has.
  public enum EXIFPolicy: String, Sendable, CaseIterable {
    /// The size as displayed: width and height are exchanged for orientations 5 to 8.
    case upright
    /// The size as stored in the file.
    case stored
    /// A turned image is an error.
    case error
  }

  /// The meaning of VOC's corners.
  public enum VOCPixels: String, Sendable, CaseIterable {
    /// The numbers are the box's edges.
    case asWritten = "as-written"
    /// Corners are pixels counted from 1 and the last one belongs to the box: min − 1, max kept.
    case oneBased = "one-based"
  }

  /// The treatment of objects that VOC marks as difficult.
  public enum Difficult: String, Sendable, CaseIterable {
    case keep, crowd, drop
  }

  /// The unit of the numbers of a CSV file.
  public enum CSVUnits: String, Sendable, CaseIterable {
    case auto, pixels, normalised
  }

  /// The meaning of the values of masks.
  public enum MaskValues: String, Sendable, CaseIterable {
    /// Each value of a mask is an object.
    case instances
    /// Each value is a class, and each connected region of one an object.
    case classes
  }

  /// The folder of the image files; nil if the format gives it.
  public var imagesFolder: String?
  /// The size of images with an EXIF orientation.
  public var exif = EXIFPolicy.upright
  /// The meaning of VOC's corners.
  public var vocPixels = VOCPixels.asWritten
  /// The treatment of objects marked as difficult.
  public var difficult = Difficult.keep
  /// The unit of the numbers of a CSV file.
  public var csvUnits = CSVUnits.auto
  /// The CSV columns by role, `image`, `class`, `xmin` …, as the columns' names.
  public var csvColumns: [String: String] = [:]
  /// The meaning of the values of masks; nil detects it, without making objects from regions.
  public var maskValues: MaskValues?
  /// The tasks whose files are read from COCO's own folder, if there are several for the same
  /// images; nil reads one of them, preferring instances.
  public var cocoTasks: [COCOTask]?
  /// The names of the classes in the order of their numbers, if the user gives them.
  public var classNames: [String]?
  /// Whether inverted corners are put in order instead of rejected.
  public var appliesSafeFixes = false
  /// Whether records that COCO cannot hold are left out, and odd ones reported. Otherwise every
  /// record that can be read is kept as it is written, so that rules can judge it.
  public var judgesRecords = true
  /// Whether all images are put into one set, whatever splits the input has.
  public var ignoresSplits = false
  /// The sizes by file name, for reading a set back whose image files are elsewhere.
  public var knownSizes: [String: ImageSize] = [:]
  /// The number of bytes of a file of lines that are in memory at a time, if it is read window by
  /// window.
  public var windowSize = 16 << 20
  /// The tasks that read, and what shows their progress.
  public var tasks = OrderedTasks(threads: 1)

  /// Creates the default options.
  public init() {}

  /// Whether an option is set that only applies to tables.
  public var speaksOfTables: Bool { !csvColumns.isEmpty || csvUnits != .auto }
}

/// The size of an image in pixels.
public struct ImageSize: Sendable, Hashable {
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int

  /// Creates a size in pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}
