extension JSONOutput {
  /// Appends an image as in COCO's `images`.
  public mutating func append(_ image: Image) {
    append(image) { _ in }
  }

  /// Appends an image with further members, which `members` writes, each after a comma.
  mutating func append(_ image: Image, members: (inout JSONOutput) -> Void) {
    raw("{\"id\":")
    append(image.id)
    raw(",\"file_name\":")
    append(image.fileName)
    raw(",\"width\":")
    append(image.width)
    raw(",\"height\":")
    append(image.height)
    appendMembers(of: image.extra)
    members(&self)
    raw("}")
  }

  /// Appends a category as in COCO's `categories`.
  public mutating func append(_ category: Category) {
    raw("{\"id\":")
    append(category.id)
    raw(",\"name\":")
    append(category.name)
    if let supercategory = category.supercategory {
      raw(",\"supercategory\":")
      append(supercategory)
    }
    appendMembers(of: category.extra)
    raw("}")
  }

  /// Appends an annotation as in COCO's `annotations`.
  public mutating func append(_ annotation: Annotation) {
    withUnsafePointer(to: annotation) { append(annotationAt: $0) }
  }

  /// Appends an annotation in place: taking it out of its array would count references.
  mutating func append(annotationAt annotation: UnsafePointer<Annotation>) {
    raw("{\"id\":")
    append(annotation.pointee.id)
    raw(",\"image_id\":")
    append(annotation.pointee.imageID)
    if let categoryID = annotation.pointee.categoryID {
      raw(",\"category_id\":")
      append(categoryID)
    }
    if let box = annotation.pointee.box {
      raw(",\"bbox\":")
      append(box)
    }
    if let area = annotation.pointee.area {
      raw(",\"area\":")
      append(area)
    }
    if let isCrowd = annotation.pointee.isCrowd {
      raw(",\"iscrowd\":")
      append(isCrowd)
    }
    if let polygons = Annotation.polygons(at: annotation) {
      raw(",\"segmentation\":")
      append(polygons)
    } else if let segmentation = annotation.pointee.segmentation {
      raw(",\"segmentation\":")
      append(segmentation)
    }
    if annotation.pointee.hasFurtherFields { append(furtherFieldsOf: annotation.pointee) }
    raw("}")
  }

  private mutating func append(furtherFieldsOf annotation: Annotation) {
    if let keypoints = annotation.keypoints {
      raw(",\"keypoints\":")
      appendList(keypoints)
    }
    if !annotation.attributes.isEmpty {
      raw(",\"attributes\":")
      append(annotation.attributes)
    }
    appendMembers(of: annotation.extra)
  }

  private mutating func appendMembers(of extra: JSONObject) {
    var isFirst = false
    append(membersOf: extra, isFirst: &isFirst)
  }

  private mutating func append(_ box: Box) {
    raw("[")
    append(box.x)
    raw(",")
    append(box.y)
    raw(",")
    append(box.width)
    raw(",")
    append(box.height)
    raw("]")
  }

  private mutating func append(_ polygons: PolygonWords) {
    raw("[")
    var isFirst = true
    polygons.forEachRing { ring in
      if !isFirst { raw(",") }
      isFirst = false
      switch ring {
      case .hundredths(let ring): append(hundredths: ring)
      case .doubles(let ring): appendList(ring)
      }
    }
    raw("]")
  }

  private mutating func append(_ segmentation: Segmentation) {
    switch segmentation {
    case .polygons(let polygons): polygons.withWords { append($0) }
    case .runLengths(let mask):
      appendSize(of: mask)
      appendList(mask.counts.map(Double.init))
      raw("}")
    case .compressedRunLengths(let mask):
      appendSize(of: mask)
      append(mask.compressed)
      raw("}")
    }
  }

  private mutating func appendSize(of mask: RunLengthMask) {
    raw("{\"size\":[")
    append(mask.height)
    raw(",")
    append(mask.width)
    raw("],\"counts\":")
  }

  private mutating func appendList(_ numbers: some Sequence<Double>) {
    raw("[")
    var isFirst = true
    for number in numbers {
      if !isFirst { raw(",") }
      isFirst = false
      append(number)
    }
    raw("]")
  }
}
