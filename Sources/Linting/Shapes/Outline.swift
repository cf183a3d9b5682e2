public import COCO

/// What there is to an annotation's outline, measured once for all rules.
public enum Outline: Sendable {
  case none
  case polygons(Polygons.Measures)
  /// A mask with so many pixels set.
  case mask(pixels: Int)

  init(_ segmentation: Segmentation?) {
    switch segmentation {
    case nil: self = .none
    case .polygons(let polygons)?: self = .polygons(polygons.measures)
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: self = .mask(pixels: mask.area)
    }
  }

  /// Whether there is an outline with anything in it: a ring or a pixel.
  var isPresent: Bool {
    switch self {
    case .none: false
    case .polygons(let measures): measures.rings > 0
    case .mask(let pixels): pixels > 0
    }
  }

  /// The measures of polygons; nil for a mask and where there is no outline.
  var polygons: Polygons.Measures? {
    if case .polygons(let measures) = self { measures } else { nil }
  }
}
