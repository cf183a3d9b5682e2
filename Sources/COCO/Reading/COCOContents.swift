/// What a COCO file held, and what was wrong with it.
public struct COCOContents: Sendable {
  public var dataset: Dataset
  public var findings: [Finding]
  public var rejections: [Rejection]
  /// How many records were met, whether they could be read or not.
  public var met: Met
  /// How many images, and how many annotations, were repaired while reading, by what was done.
  public var imageRepairs: [String: Int]
  public var annotationRepairs: [String: Int]
  /// The positions of the annotations that have no id of their own and were given one.
  public var unnumbered: [Int]
  /// The positions of the annotations whose ids are texts, where a reader keeps these apart from
  /// numbers.
  public var textNumbered: [Int] = []
  /// What findings and rejections tell of records.
  public var told = ToldFaults()
  /// The words that stand for ids.
  public var words = IDWords()
  /// What the user should know of how the file was understood, one sentence each.
  public var notes: [String] = []

  /// What `imageRepairs` call images whose names are those of their addresses.
  public static let addressRepair = "file_name taken from coco_url"

  /// How many annotations have a field that was read in another way than it is written, or left out,
  /// by what was done; ids apart.
  public var fieldRepairs: [String: Int] {
    annotationRepairs.filter { !IDRepair.all.contains($0.key) }
  }

  /// Numbers of elements in a file's lists.
  public struct Met: Sendable, Equatable {
    public var images = 0
    public var annotations = 0
    public var categories = 0
  }
}

/// The records of one kind that a task read.
struct RecordBatch<Record: Sendable>: Sendable {
  var records: [Record] = []
  /// How many elements there were, read or not.
  var met = 0
  var findings: [Finding] = []
  var rejections: [Rejection] = []
  var repairs: [String: Int] = [:]
  /// Records whose ids are words, not numbers: the record's index in `records`, which id, the word.
  var namedIDs: [NamedID] = []
  /// Of the records that were left out, in the order of `rejections`.
  var rejectedIDs: [RejectedIDs] = []
  /// Which fields were left out of records.
  var told = ToldFaults()
  /// Whether there are records that have no id yet.
  var lacksIDs = false
  /// The polygons of annotations, which the records get where they are to stay: to copy a record
  /// that has some is to count a reference.
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

/// An id that is a word and gets its number when the file has been read.
struct NamedID: Sendable {
  enum Role: Sendable {
    case image, category, annotation
  }

  /// Stands before a word that is a text, where texts are kept apart from numbers.
  static let textMark = "\""

  var index: Int
  var role: Role
  var name: String
  /// What to say of it, and where it stands in the file, where repairs are told.
  var message = ""
  var place: Range<Int>?
}
