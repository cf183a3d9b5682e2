/// The outline of an object in one of the three forms that COCO files use.
public enum Segmentation: Sendable, Equatable {
  case polygons(Polygons)
  /// `counts` as a list of run lengths.
  case runLengths(RunLengthMask)
  /// `counts` as pycocotools' compressed string.
  case compressedRunLengths(RunLengthMask)
}

/// An annotation's outline as it holds it, in one word.
enum HeldOutline: Sendable {
  case none
  /// The polygons among the words of many; their start is stored separately.
  case words([Int32])
  case other(OtherOutline)
}

/// An outline that needs more than a word: run lengths, and polygons that begin far back among
/// words.
final class OtherOutline: Sendable {
  let segmentation: Segmentation

  init(_ segmentation: Segmentation) {
    self.segmentation = segmentation
  }

  var polygons: Polygons? {
    if case .polygons(let polygons) = segmentation { polygons } else { nil }
  }
}
