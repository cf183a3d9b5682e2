/// What the four numbers of a set's boxes are, where all of them together prove that they are not
/// what they are read as.
///
/// A single odd box may be a slip; that nearly all of them fit their pictures in another reading, and
/// many do not fit in this one, is none. Whoever finds this reports it once, and neither reports nor
/// fixes what the wrong reading has made odd.
public struct BoxReading: Sendable, Equatable {
  /// What the numbers are.
  public enum Form: Sendable, Equatable {
    /// x1 y1 x2 y2 where x, y, width and height are expected.
    case corners
    /// x, y, width and height where x1 y1 x2 y2 are expected.
    case extents
    /// The middle of the box where its upper left corner is expected.
    case centres
    /// y before x, and height before width.
    case exchangedAxes
    /// Parts of the picture's width and height, 0 … 1, where pixels are expected.
    case fractions
    /// Hundredths of the picture's width and height, 0 … 100, where pixels are expected.
    case percentages
    /// Pixels of a picture that is up to so many times as large.
    case anotherScale(Double)
  }

  /// What the four numbers of each box are.
  public let form: Form
  /// How many boxes were looked at.
  public let boxes: Int
  /// How many of them speak for the reading by themselves.
  public let witnesses: Int
  /// The position of the first of those.
  public let first: Int

  /// One box with what it can be compared with.
  public struct Sample {
    public var box: Box
    /// Square pixels; nil where it is not given.
    public var area: Double?
    /// The picture's in pixels; 0 where it is not known.
    public var width: Double
    /// The picture's in pixels; 0 where it is not known.
    public var height: Double

    /// Creates a sample of a box, in pixels, on a picture of a width and height in pixels.
    public init(_ box: Box, area: Double? = nil, width: Double, height: Double) {
      self.box = box
      self.area = area
      self.width = width
      self.height = height
    }
  }

  /// Looks at boxes until nothing speaks against their being what they are read as.
  ///
  /// - Parameters:
  ///   - count: how many there are.
  ///   - outline: the smallest box around the outline of the object at a position; nil where it has
  ///     none. Asked for of a few objects only.
  ///   - sample: the box at a position; nil where there is none.
  /// - Returns: nil where the boxes are what they are read as, as far as they tell.
  public init?(
    count: Int, outline: (Int) -> Box? = { _ in nil }, sample: (Int) -> Sample?
  ) {
    var evidence = BoxEvidence(count: count)
    for index in 0..<count {
      guard let sample = sample(index), sample.box.hasFiniteEdges else { continue }
      evidence.add(sample, at: index, outline: { outline(index) })
      if evidence.isRefuted { return nil }
    }
    guard let (form, tally) = evidence.proven, let first = tally.first else { return nil }
    self.form = form
    boxes = evidence.judged
    witnesses = tally.witnesses
    self.first = first
  }
}

extension BoxReading {
  /// The convention of a set's boxes.
  ///
  /// - Parameters:
  ///   - owner: the position of the image of the annotation at a position; -1 where there is none.
  ///   - size: the size of an image in pixels by its position; 0×0 where it is not known.
  public init?(
    _ dataset: Dataset, owner: (Int) -> Int, size: (Int) -> (width: Int, height: Int)
  ) {
    let found = dataset.annotations.withUnsafeBufferPointer { annotations in
      BoxReading(count: annotations.count) { index in
        annotations[index].segmentation?.extent
      } sample: { index in
        guard let box = annotations[index].box, annotations[index].isCrowd != 1 else { return nil }
        let image = owner(index)
        guard image >= 0 else { return nil }
        let size = size(image)
        return Sample(
          box, area: annotations[index].area, width: Double(size.width),
          height: Double(size.height))
      }
    }
    guard let found else { return nil }
    self = found
  }

  /// The convention of a set's boxes, by the sizes that its images give.
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

  /// The convention of a detector's boxes on the images of `dataset`.
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
