/// What a user can choose of an output.
public struct ExportOptions: Sendable {
  /// What YOLO rows hold.
  public enum YOLORows: String, Sendable, CaseIterable {
    /// Centre and size, and the keypoints where objects have them.
    case box
    /// The corners of one outline, for segmentation.
    case polygon
    /// Four corners, for oriented boxes.
    case oriented
  }

  /// What becomes of COCO's outlines.
  public enum Outlines: String, Sendable, CaseIterable {
    /// Each annotation keeps what it has.
    case keep
    /// An annotation without an outline gets its box as one, for readers that look for one.
    case box
    /// No annotation has an outline.
    case none
  }

  /// How COCO's run lengths are written.
  public enum Runs: String, Sendable, CaseIterable {
    /// As a text of characters, pycocotools' own.
    case compressed
    /// As a list of numbers.
    case lists
  }

  /// How the files of COCO JSON are laid out.
  public enum COCOFiles: Sendable {
    /// `instances_SPLIT.json`, and the pictures in `images/SPLIT`.
    case beside
    /// As COCO is published: `annotations/instances_train2017.json`, and the pictures in `train2017`.
    case published
    /// As Roboflow exports it: `train/_annotations.coco.json` among its pictures.
    case roboflow
  }

  /// What YOLO rows hold.
  public var yoloRows = YOLORows.box
  /// How VOC's corners count pixels.
  public var vocPixels = ImportOptions.VOCPixels.asWritten
  /// Whether VOC's corners are rounded to whole numbers.
  public var vocIsWhole = false
  /// What becomes of COCO's outlines.
  public var outlines = Outlines.keep
  /// How COCO's run lengths are written; nil keeps each as it is.
  public var runs: Runs?
  /// How the files of COCO JSON are laid out.
  public var cocoFiles = COCOFiles.beside
  /// Whether the pictures are put where the files say, so that files may call them as suits the place.
  public var placesPictures = false

  /// The folder of the output that all files and pictures are below; empty for the output itself.
  public var root = ""

  /// Creates the default options.
  public init() {}
}
