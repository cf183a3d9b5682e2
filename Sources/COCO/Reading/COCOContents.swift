/// The contents of a COCO file and the findings about them.
public struct COCOContents: Sendable {
  /// The records that could be read.
  public var dataset: Dataset
  /// The findings, in the order of the file.
  public var findings: [Finding]
  /// The records that could not be read.
  public var rejections: [Rejection]
  /// The number of records met, whether they could be read or not.
  public var met: Met
  /// The number of images repaired while reading, by the repair.
  public var imageRepairs: [String: Int]
  /// The number of annotations repaired while reading, by the repair.
  public var annotationRepairs: [String: Int]
  /// The positions of the annotations that had no id of their own and were given one.
  public var unnumbered: [Int]
  /// The positions of the annotations whose ids are texts, if the reader keeps these apart from
  /// numbers.
  public var textNumbered: [Int] = []
  /// The record fields that findings and rejections already report.
  public var reported = ReportedFaults()
  /// The words that occurred as ids, with their numbers.
  public var words = IDWords()
  /// Notes for the user on how the file was understood, one sentence each.
  public var notes: [String] = []

  /// The key in `imageRepairs` for images that are named by their `coco_url`.
  public static let addressRepair = "file_name taken from coco_url"

  /// The number of annotations with a field that was left out or read differently from how it is
  /// written, by the repair; ids excluded.
  public var fieldRepairs: [String: Int] {
    annotationRepairs.filter { !IDRepair.all.contains($0.key) }
  }

  /// The numbers of elements in a file's lists.
  public struct Met: Sendable, Equatable {
    /// The number of elements in `images`.
    public var images = 0
    /// The number of elements in `annotations`.
    public var annotations = 0
    /// The number of elements in `categories`.
    public var categories = 0
  }
}

/// The records of one kind that a task read.
struct RecordBatch<Record: Sendable>: Sendable {
  var records: [Record] = []
  /// The number of elements, read or not.
  var met = 0
  var findings: [Finding] = []
  var rejections: [Rejection] = []
  var repairs: [String: Int] = [:]
  /// The records whose ids are words, not numbers.
  var namedIDs: [NamedID] = []
  /// The ids of the records that were left out, in the order of `rejections`.
  var rejectedIDs: [RejectedIDs] = []
  /// The fields that were left out of records.
  var reported = ReportedFaults()
  /// Whether some records have no id yet.
  var lacksIDs = false
  /// The polygons of annotations. The records get them only at their final place, since copying a
  /// record that has some counts a reference.
  var outlines = SegmentationDecoder()
}

extension RecordBatch<Annotation> {
  /// Adds the records to `annotations`, each with its polygons.
  consuming func add(to annotations: inout [Annotation]) {
    let first = annotations.count
    annotations.findPages(records.count)
    annotations += records
    outlines.forEachPlaced { annotations[first + $0].segmentation = .polygons($1) }
  }
}

/// An id that is a word and gets its number when the whole file has been read.
struct NamedID: Sendable {
  enum Role: Sendable {
    case image, category, annotation
  }

  /// The mark before a word that is a text, if texts are kept apart from numbers.
  static let textMark = "\""

  var index: Int
  var role: Role
  var name: String
  /// The message and place to report, if repairs are reported.
  var message = ""
  var place: Range<Int>?
}
