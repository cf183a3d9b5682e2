import COCO

/// Writes pictures with their objects as rows.
struct CSVWriter {
  let columns: CSVTableColumns
  /// The categories' names by number, quoted.
  let classes: [String]

  func appendHeader(to output: inout TextOutput) {
    output.raw("filename,width,height,class,xmin,ymin,xmax,ymax")
    if columns.hasSplit { output.raw(",split") }
    for name in columns.attributes {
      output.raw(",")
      output.append(csv: name)
    }
    if columns.hasCrowd { output.raw(",iscrowd") }
    output.raw("\n")
  }

  func append(
    _ image: Image, split: String?, _ objects: ArraySlice<ObjectTable.Object>,
    _ annotations: [Annotation], to output: inout TextOutput, losses: inout Losses
  ) {
    let picture = fields(of: image)
    let split = split.map(CSVQuoting.quoted) ?? ""
    for object in objects {
      output.append(verbatim: picture)
      output.append(verbatim: classes[object.category])
      append(object.box, to: &output)
      appendSplit(split, to: &output)
      append(annotations[object.annotation], to: &output, losses: &losses)
      output.raw("\n")
      addLosses(of: annotations[object.annotation], object.box, to: &losses)
    }
    if objects.isEmpty {
      output.append(verbatim: picture)
      output.raw(",,,,")
      appendSplit(split, to: &output)
      for _ in columns.attributes { output.raw(",") }
      if columns.hasCrowd { output.raw(",") }
      output.raw("\n")
    }
  }

  /// The fields that all rows of a picture begin with, up to the class. A size that is not known
  /// is left empty.
  private func fields(of image: Image) -> String {
    var output = TextOutput(capacity: 64)
    output.append(csv: image.fileName)
    for size in [image.width, image.height] {
      output.raw(",")
      if size > 0 { output.append(size) }
    }
    output.raw(",")
    return output.text
  }

  private func append(_ box: Box, to output: inout TextOutput) {
    output.raw(",")
    output.append(box.x0)
    output.raw(",")
    output.append(box.y0)
    output.raw(",")
    output.append(box.writtenX1)
    output.raw(",")
    output.append(box.writtenY1)
  }

  private func appendSplit(_ split: String, to output: inout TextOutput) {
    guard columns.hasSplit else { return }
    output.raw(",")
    output.append(verbatim: split)
  }

  private func append(
    _ annotation: Annotation, to output: inout TextOutput, losses: inout Losses
  ) {
    let members = annotation.attributes.members
    var written = 0
    for name in columns.attributes {
      output.raw(",")
      guard let value = members.last(where: { $0.name == name })?.value else { continue }
      if append(value, to: &output) { written += 1 }
    }
    if columns.hasCrowd {
      output.raw(",")
      output.append(annotation.isCrowd ?? 0)
    }
    if written < members.count { losses.add(.attributes) }
  }

  /// False where the field stays empty.
  private func append(_ value: JSONValue, to output: inout TextOutput) -> Bool {
    if case .string(let text) = value {
      output.append(csv: text)
      return !text.isEmpty
    }
    guard value.isText else { return false }
    output.append(plain: value)
    return true
  }

  private func addLosses(of annotation: Annotation, _ box: Box, to losses: inout Losses) {
    losses.addOutline(of: annotation, ringsAreWritten: false)
    if annotation.keypoints != nil { losses.add(.keypoints) }
    losses.add(annotation, area: box.area)
  }
}
