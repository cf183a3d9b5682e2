public import Files

/// The convention of a set's boxes, if all boxes together prove that it is not the one they are
/// read by.
///
/// A single odd box may be a slip. It is no slip if nearly all boxes fit their images in another
/// convention and many do not fit in this one. The convention is reported once; nothing that the
/// wrong reading makes odd is then reported or fixed.
public struct BoxReading: Sendable, Equatable {
  /// The meaning of a box's four numbers.
  public enum Form: Sendable, Equatable {
    /// x1 y1 x2 y2 where x, y, width and height are expected.
    case corners
    /// x, y, width and height where x1 y1 x2 y2 are expected.
    case extents
    /// The middle of the box where its upper left corner is expected.
    case centres
    /// y before x, and height before width.
    case exchangedAxes
    /// Fractions of the image's width and height, 0 … 1, where pixels are expected.
    case fractions
    /// Hundredths of the image's width and height, 0 … 100, where pixels are expected.
    case percentages
    /// Pixels of an image whose size is up to this multiple.
    case anotherScale(Double)
  }

  /// The meaning of the four numbers of each box.
  public let form: Form
  /// The number of boxes examined.
  public let boxes: Int
  /// The number of boxes that indicate this convention by themselves.
  public let witnesses: Int
  /// The position of the first of those boxes.
  public let first: Int

  /// One box with the values that it can be compared with.
  public struct Sample {
    /// The box as read, in pixels.
    public var box: Box
    /// The area in square pixels; nil if it is not given.
    public var area: Double?
    /// The image's width in pixels; 0 if it is not known.
    public var width: Double
    /// The image's height in pixels; 0 if it is not known.
    public var height: Double

    /// Creates the sample of an annotation; nil for one without a box and for a crowd.
    fileprivate init?(_ annotation: borrowing Annotation, width: Int, height: Int) {
      guard let box = annotation.box, annotation.isCrowd != 1 else { return nil }
      self.init(box, area: annotation.area, width: Double(width), height: Double(height))
    }

    /// Creates a sample of a box, in pixels, on an image of a width and height in pixels.
    public init(_ box: Box, area: Double? = nil, width: Double, height: Double) {
      self.box = box
      self.area = area
      self.width = width
      self.height = height
    }
  }

  /// Creates the convention of `count` boxes, examined until one refutes every other convention.
  ///
  /// - Parameters:
  ///   - count: The number of positions.
  ///   - outline: The smallest box around the outline of the object at a position; nil if it has
  ///     none. It is requested for few objects only.
  ///   - sample: The box at a position; nil if there is none.
  /// - Returns: nil if the boxes give no proof against the convention that they are read by.
  public init?(
    count: Int, outline: (Int) -> Box? = { _ in nil }, sample: (Int) -> Sample?
  ) {
    var evidence = BoxEvidence(count: count)
    for index in 0..<count {
      guard let sample = sample(index), sample.box.hasFiniteEdges else { continue }
      evidence.add(sample, at: index, outline: { outline(index) })
      if evidence.isRefuted { return nil }
    }
    self.init(evidence)
  }

  fileprivate init?(_ evidence: BoxEvidence) {
    guard let (form, tally) = evidence.proven, let first = tally.first else { return nil }
    self.form = form
    boxes = evidence.judged
    witnesses = tally.witnesses
    self.first = first
  }
}

extension BoxReading {
  /// Creates the convention of a set's boxes; nil if it is the expected one.
  ///
  /// - Parameters:
  ///   - dataset: The dataset whose boxes are read.
  ///   - owner: The position of the image of the annotation at a position; -1 if there is none.
  ///   - size: The size of an image in pixels by its position; 0×0 if it is not known.
  public init?(
    _ dataset: Dataset, owner: (Int) -> Int, size: (Int) -> (width: Int, height: Int)
  ) {
    let found = dataset.annotations.withUnsafeBufferPointer { annotations in
      BoxReading(count: annotations.count) { index in
        annotations[index].segmentation?.extent
      } sample: { index in
        let image = owner(index)
        guard image >= 0 else { return nil }
        let (width, height) = size(image)
        return Sample(annotations[index], width: width, height: height)
      }
    }
    guard let found else { return nil }
    self = found
  }

  /// Creates the convention of a set's boxes, by the sizes that its image records give.
  public init?(_ dataset: Dataset) {
    let images = IDIndex(dataset.images.map(\.id))
    let found = dataset.annotations.withUnsafeBufferPointer { annotations in
      let owner: (Int) -> Int = { images.position(of: annotations[$0].imageID) ?? -1 }
      return BoxReading(dataset, owner: owner) {
        (dataset.images[$0].width, dataset.images[$0].height)
      }
    }
    guard let found else { return nil }
    self = found
  }

  /// Creates the convention of a detector's boxes on the images of `dataset`.
  public init?(of detections: [Detection], on dataset: Dataset) {
    let images = IDIndex(dataset.images.map(\.id))
    self.init(count: detections.count) { index in
      detections[index].segmentation?.extent
    } sample: { index in
      guard let box = detections[index].box,
        let image = images.position(of: detections[index].imageID)
      else { return nil }
      return Sample(
        box, width: Double(dataset.images[image].width),
        height: Double(dataset.images[image].height))
    }
  }
}

/// The convention of the boxes of a set that comes part by part.
public struct PartwiseBoxReading: Sendable {
  private var evidence: BoxEvidence
  private var count = 0
  private var file = 0
  /// The place of the first annotation.
  private var start: Int?

  /// Begins a set of at most this number of annotations.
  public init(atMost count: Int) {
    evidence = BoxEvidence(count: count)
  }

  /// Adds the annotations of a part, whose images it holds.
  public mutating func add(_ part: Dataset) {
    add(part) { (part.images[$0].width, part.images[$0].height) }
  }

  /// Adds the annotations of a part as above.
  ///
  /// - Parameter size: The size of an image in pixels by its position; 0×0 if it is not known.
  public mutating func add(_ part: Dataset, size: (Int) -> (width: Int, height: Int)) {
    count += part.annotations.count
    guard !evidence.isRefuted else { return }
    let images = IDIndex(part.images.map(\.id))
    part.annotations.withUnsafeBufferPointer { annotations in
      for index in annotations.indices {
        let origin = annotations[index].origin ?? Origin(file: file, offset: 0)
        if start == nil { (start, file) = (origin.offset, origin.file) }
        guard let image = images.position(of: annotations[index].imageID) else { continue }
        let (width, height) = size(image)
        guard
          let sample = BoxReading.Sample(annotations[index], width: width, height: height),
          sample.box.hasFiniteEdges
        else { continue }
        evidence.add(
          sample, at: origin.offset, outline: { annotations[index].segmentation?.extent })
        if evidence.isRefuted { return }
      }
    }
  }

  /// The convention of all boxes, with the place of the first that indicates it; nil if it is the
  /// expected one.
  public var reading: (BoxReading, first: Origin)? {
    guard !evidence.isRefuted else { return nil }
    var evidence = evidence
    evidence.count = count
    guard let reading = BoxReading(evidence) else { return nil }
    // The first annotation where no box does so by itself.
    let offset = reading.first == 0 ? start ?? 0 : reading.first
    return (reading, Origin(file: file, offset: offset))
  }
}

extension Segmentation {
  /// The smallest box around the outline; nil for one without corners.
  public var extent: Box? {
    switch self {
    case .polygons(let polygons): polygons.extent
    case .runLengths(let mask), .compressedRunLengths(let mask): mask.boundingBox
    }
  }
}

extension BoxReading {
  /// The fault that all boxes together have.
  public var fault: Fault {
    switch form {
    case .fractions:
      Fault(
        .ambiguousUnits,
        "expected pixels, found \(boxes) boxes within 0 and 1: these look like fractions of the "
          + "image's width and height", .box)
    default: Fault(.boxConvention, message, .box)
    }
  }

  private var message: String {
    let share = "\(witnesses) of \(boxes) boxes"
    switch form {
    case .corners:
      return "the boxes look like corners x1 y1 x2 y2, expected x, y, width and height: \(share) "
        + "agree with this by the image's edge, their area or their outline"
    case .extents:
      return "the boxes look like x, y, width and height, expected corners x1 y1 x2 y2: \(share) "
        + "are inverted as they are written"
    case .centres:
      return "the boxes look like their middle, width and height, expected the upper left corner "
        + "instead of the middle: \(share) reach past their image as they are written"
    case .exchangedAxes:
      return "x and y look exchanged, and width and height with them: \(share) reach past their "
        + "image as they are written, and fit it when exchanged"
    case .percentages:
      return
        "expected pixels, found \(boxes) boxes within 0 and 100 on larger images: these look "
        + "like percentages of the image's width and height"
    case .anotherScale(let factor):
      let rounded = (factor * 10).rounded() / 10
      return "\(share) reach past their image, up to \(rounded.shortest) times its size: they "
        + "look like boxes of another scale, as where images were resized after they were annotated"
    case .fractions: return ""
    }
  }
}
