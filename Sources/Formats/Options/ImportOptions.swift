public import COCO
public import Files

/// What a user can say about how the input is meant.
public struct ImportOptions: Sendable {
  /// Which size a picture with an EXIF orientation has.
  public enum EXIFPolicy: String, Sendable, CaseIterable {
    /// As shown: width and height are swapped for orientations 5 to 8.
    case upright
    /// As stored in the file.
    case stored
    /// A turned picture is an error.
    case error
  }

  /// How VOC's corners count pixels.
  public enum VOCPixels: String, Sendable, CaseIterable {
    /// The numbers are the box's edges.
    case asWritten = "as-written"
    /// Pixels are counted from 1 and the last one belongs to the box: min − 1, max kept.
    case oneBased = "one-based"
  }

  /// What becomes of objects that VOC marks as difficult.
  public enum Difficult: String, Sendable, CaseIterable {
    case keep, crowd, drop
  }

  /// What the numbers of a CSV file count.
  public enum CSVUnits: String, Sendable, CaseIterable {
    case auto, pixels, normalised
  }

  /// What the values of masks stand for.
  public enum MaskValues: String, Sendable, CaseIterable {
    /// Each value of a mask is an object.
    case instances
    /// Each value is a class, and each connected region of one an object.
    case classes
  }

  /// Where the image files are, nil where the format says it.
  public var imagesFolder: String?
  /// The size of pictures with an EXIF orientation.
  public var exif = EXIFPolicy.upright
  /// How VOC's corners count pixels.
  public var vocPixels = VOCPixels.asWritten
  /// What becomes of objects that are marked as difficult.
  public var difficult = Difficult.keep
  /// What the numbers of a CSV file count.
  public var csvUnits = CSVUnits.auto
  /// Which CSV column holds what: `image`, `class`, `xmin` … by the column's name.
  public var csvColumns: [String: String] = [:]
  /// What the values of masks stand for; nil finds it out, without making objects of regions.
  public var maskValues: MaskValues?
  /// The tasks whose files are read of COCO's own folder, where there are several for the same pictures;
  /// nil reads one of them, instances before others.
  public var cocoTasks: [COCOTask]?
  /// The names of the classes in the order of their numbers, where the user gives them.
  public var classNames: [String]?
  /// Whether inverted corners are put in order instead of rejected.
  public var appliesSafeFixes = false
  /// Whether records that COCO cannot hold are left out, and odd ones reported. Otherwise every
  /// record that can be read is kept as it is written, so that rules can judge it.
  public var judgesRecords = true
  /// Whether all pictures go into one set, whatever splits the input has.
  public var ignoresSplits = false
  /// Sizes by file name, for reading a set back whose image files stand elsewhere.
  public var knownSizes: [String: ImageSize] = [:]
  /// The tasks that read, and what shows their progress.
  public var tasks = OrderedTasks(threads: 1)

  /// Creates the default options.
  public init() {}

  /// Whether something is said that only tables have.
  public var speaksOfTables: Bool { !csvColumns.isEmpty || csvUnits != .auto }
}

/// A picture's size in pixels.
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
