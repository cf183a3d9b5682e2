import COCO

/// The completion of fields that COCO always has and a source may lack: area, iscrowd, a box around
/// an outline, a supercategory.
enum Completion {
  /// Completes `dataset`, counting annotations as changed if their source is COCO itself.
  static func complete(_ dataset: inout Dataset, into imported: inout Imported) {
    var index: IDIndex?
    let incomplete = dataset.annotations.withUnsafeBufferPointer { annotations in
      annotations.indices.filter { isIncomplete(annotations[$0]) }
    }
    for position in incomplete {
      let annotation = dataset.annotations[position]
      let needsBox = annotation.box == nil && annotation.segmentation != nil
      let needsArea = annotation.area == nil && (annotation.box != nil || needsBox)
      let needsCrowd = annotation.isCrowd == nil && annotation.categoryID != nil
      let images = index ?? IDIndex(dataset.images.map(\.id))
      index = images
      let image = images.position(of: annotation.imageID).map { dataset.images[$0] }
      if needsBox { dataset.annotations[position].box = annotation.segmentation?.extent }
      if needsArea {
        let area = area(of: dataset.annotations[position], on: image)
        dataset.annotations[position].area = area
      }
      if needsCrowd { dataset.annotations[position].isCrowd = 0 }
      dataset.annotations[position].isChanged = true
      note(box: needsBox, area: needsArea, crowd: needsCrowd, in: &imported)
    }
    completeCategories(&dataset)
  }

  private static func isIncomplete(_ annotation: Annotation) -> Bool {
    if annotation.box == nil, annotation.segmentation != nil { return true }
    if annotation.area == nil, annotation.box != nil { return true }
    return annotation.isCrowd == nil && annotation.categoryID != nil
  }

  static func completeCategories(_ dataset: inout Dataset) {
    for position in dataset.categories.indices
    where dataset.categories[position].supercategory == nil
      && dataset.categories[position].extra["supercategory"] == nil
    {
      dataset.categories[position].supercategory = ""
    }
  }

  /// Returns the same for an annotation that stays in its array: most have no mask.
  static func area(of annotation: UnsafePointer<Annotation>, on image: Image?) -> Double? {
    annotation.pointee.segmentation == nil
      ? annotation.pointee.box?.area : area(of: annotation.pointee, on: image)
  }

  /// Returns the mask's area if there is a mask that covers anything, or else the box's.
  static func area(of annotation: Annotation, on image: Image?) -> Double? {
    let boxArea = annotation.box?.area
    switch annotation.segmentation {
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: return Double(mask.area)
    case .polygons(let polygons)? where !polygons.isEmpty:
      return image.flatMap { polygons.area(on: $0) } ?? boxArea
    case .polygons?, nil: return boxArea
    }
  }

  private static func note(box: Bool, area: Bool, crowd: Bool, in imported: inout Imported) {
    let one = RecordCounts(annotations: 1)
    if box { imported.changes["bbox made from the outline", default: RecordCounts()] += one }
    if area { imported.changes["area filled in", default: RecordCounts()] += one }
    if crowd { imported.changes["iscrowd filled in", default: RecordCounts()] += one }
  }
}

extension Segmentation {
  /// The box around the outline or mask; nil if nothing lies within it.
  var extent: Box? {
    switch self {
    case .polygons(let polygons): polygons.extent
    case .runLengths(let mask), .compressedRunLengths(let mask): mask.boundingBox
    }
  }
}

extension Polygons {
  /// Returns the number of pixels that the outline covers, which readers use as its area; nil if
  /// the image's size is not known.
  func area(on image: Image) -> Double? {
    guard image.width > 0, image.height > 0 else { return nil }
    let area = try? RunLengthMask.area(of: self, height: image.height, width: image.width)
    return area.map(Double.init)
  }
}
