/// The outline of an object in one of the three forms that COCO files use.
public enum Segmentation: Sendable, Equatable {
  case polygons(Polygons)
  /// `counts` as a list of run lengths.
  case runLengths(RunLengthMask)
  /// `counts` as pycocotools' compressed string.
  case compressedRunLengths(RunLengthMask)
}
