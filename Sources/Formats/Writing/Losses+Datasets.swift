import COCO

extension Losses {
  /// Counts what no format of boxes has a place for.
  ///
  /// Ids count as kept where they are what reading gives again: 1, 2, 3 … in the order in which
  /// the records stand.
  mutating func add(datasets: [Dataset]) {
    for dataset in datasets {
      if !dataset.info.isEmpty { add(.info) }
      add(.licenses, dataset.licenses.count)
      if !dataset.extra.isEmpty { add(.datasetExtras) }
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
