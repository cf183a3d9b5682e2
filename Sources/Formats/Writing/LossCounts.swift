import COCO
import Files

/// The kinds of values that a format of boxes may be unable to hold, in the order of the report.
enum LossKind: Int, CaseIterable {
  case movedPictures, renamedPictures, mergedPictures, unknownSplits
  case pictureExtras, pictureIDs
  case severalRings, brokenRings, polygons, runLengths, keypoints, noKeypoints
  case joinedRings, overlappingRings, outlinedMasks, brokenParts, blankOutlines, boxCorners
  case uprightOutlines, movedBoxes, outlines, roundedBoxes, refusedPictures
  case crowds, areas, attributes, annotationExtras, annotationIDs
  case unusedCategories, mergedCategories, categoryIDs, supercategories, categoryExtras
  case unwritableText
  case info, licenses, datasetExtras

  /// The words that follow a count: `12 annotations written without their attributes`.
  var what: String {
    switch self {
    case .movedPictures:
      "images whose label file has another name, because theirs is not a safe path"
    case .renamedPictures:
      "images written under another name, because readers would not find them by their own"
    case .mergedPictures: "images merged with another of the same file name"
    case .unknownSplits: "splits that only train, val and test of data.yaml could name"
    case .pictureExtras: "images written without their further keys"
    case .pictureIDs: "images written without their ids"
    case .severalRings: "polygons of several rings, written as boxes"
    case .brokenRings: "polygons without three finite corners, written as boxes"
    case .polygons: "polygons, written as boxes"
    case .runLengths: "run-length masks, written as boxes"
    case .keypoints: "annotations written without their keypoints"
    case .noKeypoints: "annotations without keypoints, written with unlabelled ones"
    case .outlines: "annotations written without their outlines"
    case .roundedBoxes: "boxes rounded to whole pixels"
    case .refusedPictures:
      "images with objects more than 1 % outside, which Ultralytics leaves out whole "
        + "(copra validate --fix clips boxes)"
    case .joinedRings: "outlines of several rings, joined to one by bridges without width"
    case .overlappingRings: "outlines whose rings overlap, written as what these cover together"
    case .outlinedMasks: "run-length masks, written as their outlines"
    case .brokenParts: "outlines written without their rings of less than three finite corners"
    case .blankOutlines: "outlines that enclose nothing, written as the corners of their boxes"
    case .boxCorners: "boxes without an outline, written as their four corners"
    case .uprightOutlines: "outlines, written as the corners of their boxes"
    case .movedBoxes:
      "boxes that differ from those around their outlines, which readers use instead"
    case .crowds: "crowd regions, written as single objects"
    case .areas: "annotations written without their area"
    case .attributes: "annotations written without all of their attributes"
    case .annotationExtras: "annotations written without their further keys"
    case .annotationIDs: "annotations written without their ids"
    case .unusedCategories: "categories left out, which no annotation uses"
    case .mergedCategories: "categories merged with another of the same name"
    case .categoryIDs: "categories written without their ids"
    case .supercategories: "categories written without their supercategory"
    case .categoryExtras: "categories written without their further keys"
    case .unwritableText: "texts with characters that XML cannot hold, written as U+FFFD"
    case .info: "datasets written without their info"
    case .licenses: "licenses left out"
    case .datasetExtras: "datasets written without their further keys"
    }
  }
}

/// The losses of an export: of written records by kind, and the records that are not written.
struct LossCounts {
  private(set) var unwritable: [LeftOutRecord] = []
  /// The losses to be reported with their place.
  private(set) var findings: [Finding] = []
  private var counts = [Int](repeating: 0, count: LossKind.allCases.count)

  mutating func add(_ kind: LossKind, _ count: Int = 1) {
    counts[kind.rawValue] += count
  }

  mutating func find(_ kind: FaultKind, _ message: String, at origin: Origin?) {
    findings.append(Finding(kind, message, at: origin))
  }

  mutating func leaveOut(
    _ kind: LeftOutRecord.Kind, _ index: Int, of dataset: Int, _ reason: String
  ) {
    unwritable.append(LeftOutRecord(kind, dataset: dataset, index: index, reason))
  }

  /// The losses that occurred, in the order of the kinds.
  var list: [Loss] {
    LossKind.allCases.compactMap { kind in
      let count = counts[kind.rawValue]
      return count > 0 ? Loss(kind.what, count: count) : nil
    }
  }
}

extension LossCounts {
  /// Counts the values that no format of boxes can hold.
  ///
  /// Ids count as kept if reading gives them again: 1, 2, 3 … in the order of the records.
  mutating func add(datasets: [Dataset], keepsIDs: Bool = false) {
    for dataset in datasets {
      if COCOInfo.saysMore(dataset.info) { add(.info) }
      add(.licenses, dataset.licenses.count)
      if !dataset.extra.isEmpty { add(.datasetExtras) }
      if keepsIDs { continue }
      for (index, image) in dataset.images.enumerated() where image.id != index + 1 {
        add(.pictureIDs)
      }
      for (index, annotation) in dataset.annotations.enumerated() where annotation.id != index + 1 {
        add(.annotationIDs)
      }
    }
  }

  /// Counts what is lost of an annotation besides its outline, attributes and keypoints.
  ///
  /// `area` is what a reader works out for an annotation that gives none.
  mutating func add(_ annotation: Annotation, area: Double) {
    if let own = annotation.area, abs(own - area) > 1e-6 * max(abs(area), 1) { add(.areas) }
    if !annotation.extra.isEmpty { add(.annotationExtras) }
  }

  /// Counts an outline that is written as a box.
  mutating func addOutline(of annotation: Annotation, ringsAreWritten: Bool) {
    switch annotation.segmentation {
    case nil: break
    case .runLengths?, .compressedRunLengths?: add(.runLengths)
    case .polygons(let polygons)?:
      if polygons.isEmpty { break }
      if !ringsAreWritten {
        add(.polygons)
      } else {
        add(polygons.count > 1 ? .severalRings : .brokenRings)
      }
    }
  }
}
