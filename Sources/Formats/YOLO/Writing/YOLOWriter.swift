import COCO

extension Box {
  /// The middle, the width and the height.
  fileprivate var middleAndSize: SIMD4<Double> {
    SIMD4(x + width / 2, y + height / 2, width, height)
  }

  /// The left, upper, right and lower edge.
  fileprivate var edges: SIMD4<Double> { SIMD4(x0, y0, x1, y1) }
}

/// A writer of an image's objects as rows of numbers relative to its size.
struct YOLOWriter {
  let rows: ExportOptions.YOLORows
  /// The number of keypoints in a row; nil for rows without any.
  let keypoints: YOLOKeypointShape?

  func rows(
    _ image: Image, _ objects: ArraySlice<WrittenObjects.Object>, _ annotations: [Annotation],
    losses: inout LossCounts
  ) -> [UInt8] {
    if objects.isEmpty { return [] }
    var output = TextOutput(capacity: 96 * objects.count)
    var isTaken = true
    for object in objects {
      let annotation = annotations[object.annotation]
      output.append(object.category)
      if rows == .box {
        append(object.box, on: image, to: &output)
        isTaken = isTaken && Self.takes(object.box.middleAndSize, on: image)
        losses.addOutline(of: annotation, ringsAreWritten: false)
        losses.add(annotation, area: object.box.area)
      } else {
        let extent = append(
          cornersOf: annotation, object.box, on: image, to: &output, losses: &losses)
        isTaken = isTaken && extent.map { Self.takes($0.edges, on: image) } ?? true
      }
      appendKeypoints(of: annotation, on: image, to: &output, losses: &losses)
      output.raw("\n")
      if !annotation.attributes.isEmpty { losses.add(.attributes) }
      if annotation.isCrowd == 1 { losses.add(.crowds) }
    }
    if !isTaken { losses.add(.refusedPictures) }
    return output.bytes
  }

  /// Returns whether Ultralytics accepts the numbers of a row, which are pixels across, down,
  /// across and down: one that lies more than 1 % outside the image makes it reject the image
  /// (`ultralytics/data/utils.py`, `verify_image_label`).
  private static func takes(_ numbers: SIMD4<Double>, on image: Image) -> Bool {
    let (width, height) = (Double(image.width), Double(image.height))
    let shares = numbers / SIMD4(width, height, width, height)
    return all(shares .>= -0.01 .& shares .<= 1.01)
  }

  /// Appends corners, and counts what they change. Returns the box around them.
  private func append(
    cornersOf annotation: Annotation, _ box: Box, on image: Image, to output: inout TextOutput,
    losses: inout LossCounts
  ) -> Box? {
    let corners = YOLOCorners(annotation, box, on: image, as: rows)
    append(corners.ring, on: image, to: &output)
    if let change = corners.change { losses.add(change) }
    if corners.change == .blankOutlines {
      losses.find(
        .emptySegmentation, "the outline encloses nothing; the corners of its box are written",
        at: annotation.origin)
    }
    losses.add(annotation, area: corners.ring.area(on: image) ?? box.area)
    guard let extent = corners.ring.extent else { return nil }
    let shifts = [
      extent.x0 - box.x0, extent.y0 - box.y0, extent.x1 - box.x1, extent.y1 - box.y1,
    ]
    // COCO's boxes are rounded to hundredths.
    if shifts.contains(where: { abs($0) > 0.0101 }) { losses.add(.movedBoxes) }
    return extent
  }

  private func append(_ box: Box, on image: Image, to output: inout TextOutput) {
    let width = Double(image.width)
    let height = Double(image.height)
    output.raw(" ")
    output.append((box.x + box.width / 2) / width)
    output.raw(" ")
    output.append((box.y + box.height / 2) / height)
    output.raw(" ")
    output.append(box.width / width)
    output.raw(" ")
    output.append(box.height / height)
  }

  private func append(_ polygons: Polygons, on image: Image, to output: inout TextOutput) {
    let width = Double(image.width)
    let height = Double(image.height)
    polygons.forEachRing { ring in
      for (index, coordinate) in ring.enumerated() {
        output.raw(" ")
        output.append(coordinate / (index.isMultiple(of: 2) ? width : height))
      }
    }
  }

  /// Appends keypoints. Every row has the same number of them, so that an object without any gets
  /// unlabelled ones: 0 0 0.
  private func appendKeypoints(
    of annotation: Annotation, on image: Image, to output: inout TextOutput,
    losses: inout LossCounts
  ) {
    let own = annotation.keypoints
    guard let keypoints else {
      if own != nil { losses.add(.keypoints) }
      return
    }
    guard let own, own.count == 3 * keypoints.count, own.allSatisfy(\.isFinite) else {
      losses.add(own == nil ? .noKeypoints : .keypoints)
      for _ in 0..<keypoints.count { output.raw(" 0 0 0") }
      return
    }
    for start in stride(from: 0, to: own.count, by: 3) {
      output.raw(" ")
      output.append(own[start] / Double(image.width))
      output.raw(" ")
      output.append(own[start + 1] / Double(image.height))
      output.raw(" ")
      output.append(own[start + 2])
    }
  }
}

/// The number of keypoints that every object has: `kpt_shape` of `data.yaml`.
struct YOLOKeypointShape {
  let count: Int

  /// Determines the keypoints; nil if no annotation has keypoints, or not all categories have the
  /// same number. Categories that do not list theirs, such as those read from YOLO, are counted by
  /// their annotations.
  init?(_ datasets: [Dataset]) {
    var counts: Set<Int> = []
    for dataset in datasets {
      for annotation in dataset.annotations {
        if let keypoints = annotation.keypoints { counts.insert(keypoints.count / 3) }
      }
    }
    let isUsed = !counts.isEmpty
    let listed = datasets.flatMap(\.categories).map { category in
      if case .array(let names)? = category.extra["keypoints"] { names.count } else { 0 }
    }
    if listed.contains(where: { $0 > 0 }) { counts = Set(listed) }
    guard isUsed, counts.count == 1, let count = counts.first, count > 0 else { return nil }
    self.count = count
  }
}
