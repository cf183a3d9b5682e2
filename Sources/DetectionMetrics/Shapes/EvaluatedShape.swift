public import COCO

/// What of an object is compared: its box, its mask or its keypoints.
protocol EvaluatedShape: Sendable {
  /// How much a detection and a true object overlap, from 0 to 1.
  ///
  /// Where it is certain that the overlap is below `least`, any number below it will do.
  func overlap(with truth: Self, isCrowd: Bool, least: Double) -> Double

  /// The shape itself where it is a mask.
  var asMask: MaskShape? { get }

  /// The shape of a true object; throws where its annotation has none.
  static func truth(_ annotation: Annotation, in frame: ImageFrame) throws(ShapeFault) -> Self
  /// The shape of a detection, and its area in square pixels; throws where it has none.
  static func detection(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: Self, area: Double)
}

extension EvaluatedShape {
  var asMask: MaskShape? { nil }
}

/// What shapes are made with: the image's size and how the results are to be read.
struct ImageFrame: Sendable {
  let height: Int
  let width: Int
  let form: ResultsForm
  let keypoints: KeypointScale
}

/// Which of a detection's fields its area is taken from: pycocotools' `loadRes` decides it for all
/// of a file by the first detection.
public enum ResultsForm: Sendable {
  /// Width times height of `bbox`, whatever is compared.
  case boxes
  /// The mask's number of pixels.
  case masks
  /// The box around all keypoints.
  case keypoints

  /// The form of a list that begins with this detection.
  public init(first: Detection?) {
    guard let first, first.box == nil else {
      self = .boxes
      return
    }
    self = first.segmentation != nil || first.keypoints == nil ? .masks : .keypoints
  }
}

/// Why an object cannot be compared.
struct ShapeFault: Error {
  var kind: FaultKind
  var message: String

  static func missing(_ name: String) -> ShapeFault {
    ShapeFault(kind: .missingField, message: "the record has no \"\(name)\"")
  }
}
