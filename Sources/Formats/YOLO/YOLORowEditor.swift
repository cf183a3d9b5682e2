import COCO

/// An editor of the numbers of one row after its class.
///
/// A number gets as many decimals as the row's numbers have, at least six, and more if the box that
/// is read back would otherwise be off by more than a millionth of a pixel; trailing zeros are left
/// out beyond the decimals that the number had before. Unchanged numbers are not touched.
struct YOLORowEditor {
  let row: LabelRow
  let text: EncodedText
  let change: RecordChange
  /// The image as it was read.
  let image: Image?

  func change(_ before: Annotation, _ after: Annotation, _ edits: inout FileEdits) {
    let fields = change.fields
    let outlineChanges = fields.contains(.segmentation)
    guard fields.contains(.box) || outlineChanges else { return }
    guard let scale = scale(isOutline: before.segmentation != nil) else {
      return edits.refuse(change, .box, "the size of the image is not known")
    }
    switch (before.segmentation, after.segmentation) {
    case (nil, nil): setBox(after.box, scale, &edits)
    case (.polygons?, nil): replaceOutline(by: after.box, scale, &edits)
    case (_, .polygons(let polygons)?):
      if before.segmentation == nil, row.fields.count != 5 {
        return edits.refuse(
          change, .segmentation, "a row with a confidence or keypoints holds no outline")
      }
      if outlineChanges { setOutline(polygons, scale, &edits) }
      if !after.isBoxedByOutline {
        edits.refuse(change, .box, "the box of a row with corners is that around them")
      }
    default: edits.refuse(change, .segmentation, "YOLO files contain outlines only as corners")
    }
  }

  /// The factors of the row's coordinates.
  private struct Scale {
    var x: Double
    var y: Double
    var isPixels = false
  }

  /// Returns the image's size, or 1 if the coordinates are pixels, as reading interprets them.
  private func scale(isOutline: Bool) -> Scale? {
    let coordinates = row.values.dropFirst().prefix(isOutline ? row.values.count : 4)
    if arePixels(coordinates) { return Scale(x: 1, y: 1, isPixels: true) }
    guard let image, image.width > 0, image.height > 0 else { return nil }
    return Scale(x: Double(image.width), y: Double(image.height))
  }

  private func arePixels(_ coordinates: some Sequence<Double>) -> Bool {
    coordinates.contains { $0 > 2 } && coordinates.allSatisfy(\.isFinite)
  }
}

extension YOLORowEditor {
  private func setBox(_ box: Box?, _ scale: Scale, _ edits: inout FileEdits) {
    guard let box, box.isFinite else {
      return edits.refuse(change, .box, "YOLO files hold finite boxes only")
    }
    let old = Array(row.values[1..<5])
    let texts = texts(of: box, scale, fields: Array(row.fields[1..<5]), old: old)
    write(texts, at: Array(row.fields[1..<5]), isPixels: scale.isPixels, &edits)
  }

  /// Returns the four numbers of a box; unchanged ones keep their text.
  private func texts(
    of box: Box, _ scale: Scale, fields: [Range<Int>], old: [Double]
  ) -> [String] {
    let targets = [
      (box.x + box.width / 2) / scale.x, (box.y + box.height / 2) / scale.y,
      box.width / scale.x, box.height / scale.y,
    ]
    let scales = [scale.x, scale.y, scale.x, scale.y]
    var texts: [String] = []
    for decimals in decimals...DecimalText.most {
      texts = targets.indices.map { index in
        if index < old.count, abs(old[index] - targets[index]) * scales[index] <= 1e-9 {
          return string(fields[index])
        }
        let own = index < fields.count ? DecimalText.decimals(of: string(fields[index])) : 0
        return DecimalText.fixed(targets[index], decimals: decimals, atLeast: own)
      }
      let values = texts.map { Double($0) ?? .nan }
      let read = Box(
        x: (values[0] - values[2] / 2) * scale.x, y: (values[1] - values[3] / 2) * scale.y,
        width: values[2] * scale.x, height: values[3] * scale.y)
      if read.isClose(to: box) { break }
    }
    return texts
  }

  private func setOutline(_ polygons: Polygons, _ scale: Scale, _ edits: inout FileEdits) {
    let rings = polygons.rings
    guard rings.count == 1, rings[0].count >= 6, rings[0].count.isMultiple(of: 2),
      rings[0].allSatisfy(\.isFinite)
    else {
      return edits.refuse(
        change, .segmentation, "a row holds one outline of three corners or more")
    }
    let isSameLength = row.values.count == rings[0].count + 1
    let texts = rings[0].enumerated().map { index, value in
      let scale = index.isMultiple(of: 2) ? scale.x : scale.y
      let field = isSameLength ? row.fields[index + 1] : nil
      let old = isSameLength ? row.values[index + 1] : .nan
      return coordinate(value, scale, old: old, field)
    }
    let fields = isSameLength ? Array(row.fields.dropFirst()) : []
    write(texts, at: fields, isPixels: scale.isPixels, &edits)
  }

  private func coordinate(
    _ value: Double, _ scale: Double, old: Double, _ field: Range<Int>?
  ) -> String {
    if let field, abs(old * scale - value) <= 1e-9 { return string(field) }
    let own = field.map { DecimalText.decimals(of: string($0)) } ?? 0
    for decimals in decimals..<DecimalText.most {
      let text = DecimalText.fixed(value / scale, decimals: decimals, atLeast: own)
      if let read = Double(text), abs(read * scale - value) <= 1e-6 { return text }
    }
    return DecimalText.fixed(value / scale, decimals: DecimalText.most, atLeast: own)
  }

  /// Replaces the row by a box alone.
  private func replaceOutline(by box: Box?, _ scale: Scale, _ edits: inout FileEdits) {
    guard let box, box.isFinite else {
      return edits.refuse(change, .segmentation, "YOLO files hold finite boxes only")
    }
    let texts = texts(of: box, scale, fields: [], old: [])
    write(texts, at: [], isPixels: scale.isPixels, &edits)
  }

  /// Writes numbers in place of those at `fields`, or of all after the class if none are given.
  private func write(
    _ texts: [String], at fields: [Range<Int>], isPixels: Bool, _ edits: inout FileEdits
  ) {
    let field: RecordField = texts.count == 4 ? .box : .segmentation
    guard arePixels(texts.map { Double($0) ?? .nan }) == isPixels else {
      return edits.refuse(
        change, field,
        "the row would be read as \(isPixels ? "parts of the image's size" : "pixels")")
    }
    if fields.isEmpty {
      let separator = text.bytes[row.fields[0].upperBound..<row.fields[1].lowerBound]
      let last = row.fields.last?.upperBound ?? row.fields[1].upperBound
      edits.replace(
        row.fields[1].lowerBound..<last,
        with: Array(texts.map { text.encode($0) }.joined(separator: separator)), for: change, field)
      return
    }
    for (range, new) in zip(fields, texts) where new != string(range) {
      edits.replace(range, with: text.encode(new), for: change, field)
    }
  }

  /// The decimals of the row's numbers, six at least.
  private var decimals: Int {
    let most = row.fields.dropFirst().map { DecimalText.decimals(of: string($0)) }.max() ?? 0
    return min(max(most, 6), DecimalText.most)
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text.ascii(range), as: UTF8.self)
  }
}
