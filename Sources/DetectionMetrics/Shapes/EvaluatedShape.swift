public import COCO

/// The part of an object that is compared: its box, its mask or its keypoints.
protocol EvaluatedShape: Sendable {
  /// Returns the overlap of a detection and a true object, 0 … 1.
  ///
  /// If the overlap is certainly below `least`, the result may be any number below it.
  func overlap(with truth: Self, isCrowd: Bool, least: Double) -> Double

  /// The shape itself if it is a mask; nil otherwise.
  var asMask: MaskShape? { get }

  /// Returns the shape of a true object; throws if its annotation has none.
  static func truth(_ annotation: Annotation, in frame: ImageFrame) throws(ShapeFault) -> Self
  /// Returns the shape of a detection, and its area in square pixels; throws if it has none.
  static func detection(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: Self, area: Double)
}

extension EvaluatedShape {
  var asMask: MaskShape? { nil }
}

/// The context in which shapes are made: the image's size and the form of the results.
struct ImageFrame: Sendable {
  let height: Int
  let width: Int
  let form: ResultsForm
  let keypoints: KeypointScale
  /// The shapes of detections that have none of their own.
  var shapes = DetectionShapes()
}

/// The field of a detection that gives its area: pycocotools' `loadRes` decides it for a whole file
/// by the first detection.
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

/// The reason why an object cannot be compared.
struct ShapeFault: Error {
  var kind: FaultKind
  var message: String

  static func missing(_ name: String) -> ShapeFault {
    ShapeFault(kind: .missingField, message: "the record has no \"\(name)\"")
  }
}
