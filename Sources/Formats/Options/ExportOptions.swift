/// The user's options for an output.
public struct ExportOptions: Sendable {
  /// The content of YOLO rows.
  public enum YOLORows: String, Sendable, CaseIterable {
    /// Rows hold centre and size, and the keypoints of objects that have them.
    case box
    /// The corners of one outline, for segmentation.
    case polygon
    /// Four corners, for oriented boxes.
    case oriented
  }

  /// The treatment of COCO's outlines.
  public enum Outlines: String, Sendable, CaseIterable {
    /// Each annotation keeps what it has.
    case keep
    /// An annotation without an outline gets its box as one, for readers that look for one.
    case box
    /// Annotations get no outline.
    case none
  }

  /// The form of COCO's run lengths.
  public enum Runs: String, Sendable, CaseIterable {
    /// Run lengths are a text in pycocotools' characters.
    case compressed
    /// Run lengths are a list of numbers.
    case lists
  }

  /// The layout of the files of COCO JSON.
  public enum COCOFiles: Sendable {
    /// The files are `instances_SPLIT.json`, and the images are in `images/SPLIT`.
    case beside
    /// The files are laid out as COCO is published: `annotations/instances_train2017.json`, with
    /// the images in `train2017`.
    case published
    /// The files are laid out as Roboflow exports them: `train/_annotations.coco.json` among its
    /// images.
    case roboflow
  }

  /// The content of YOLO rows.
  public var yoloRows = YOLORows.box
  /// The meaning of VOC's corners.
  public var vocPixels = ImportOptions.VOCPixels.asWritten
  /// Whether VOC's corners are rounded to whole numbers.
  public var vocIsWhole = false
  /// The treatment of COCO's outlines.
  public var outlines = Outlines.keep
  /// The form of COCO's run lengths; nil keeps each as it is.
  public var runs: Runs?
  /// The layout of the files of COCO JSON.
  public var cocoFiles = COCOFiles.beside
  /// Whether the images are placed where the files name them, so that files may rename them as
  /// necessary.
  public var placesPictures = false

  /// The folder of the output that all files and images are below; empty for the output itself.
  public var root = ""

  /// Creates the default options.
  public init() {}
}
