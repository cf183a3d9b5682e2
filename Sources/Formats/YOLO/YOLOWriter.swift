import COCO

/// Writes a picture's objects as rows of numbers relative to its size.
struct YOLOWriter {
  let rows: ExportOptions.YOLORows
  /// How many keypoints a row has; nil for rows without any.
  let keypoints: YOLOKeypointShape?

  func rows(
    _ image: Image, _ objects: ArraySlice<ObjectTable.Object>, _ annotations: [Annotation],
    losses: inout Losses
  ) -> [UInt8] {
    if objects.isEmpty { return [] }
    var output = TextOutput(capacity: 96 * objects.count)
    var outlined = 0
    for object in objects {
      let annotation = annotations[object.annotation]
      output.append(object.category)
      if let ring = rows == .polygon ? annotation.onlyRing : nil {
        append(ring, on: image, to: &output)
        outlined += 1
        losses.add(annotation, area: ring.area(on: image) ?? object.box.area)
      } else {
        append(object.box, on: image, to: &output)
        losses.addOutline(of: annotation, ringsAreWritten: rows == .polygon)
        losses.add(annotation, area: object.box.area)
      }
      appendKeypoints(of: annotation, on: image, to: &output, losses: &losses)
      output.raw("\n")
      if !annotation.attributes.isEmpty { losses.add(.attributes) }
      if annotation.isCrowd == 1 { losses.add(.crowds) }
    }
    if outlined > 0, outlined < objects.count { losses.add(.mixedRows) }
    return output.bytes
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

  /// Every row has the same number of keypoints, so that an object without any gets those that
  /// are not labelled: 0 0 0.
  private func appendKeypoints(
    of annotation: Annotation, on image: Image, to output: inout TextOutput, losses: inout Losses
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
