import COCO

/// An editor that writes an object's outline into its `<polygon>`s, in their dialect.
struct VOCOutlineEditor {
  let object: Int
  let change: RecordChange

  func change(_ before: Annotation, _ after: Annotation, in editor: inout VOCFileEditor) {
    let document = editor.document
    // Empty ones are no rings of the outline that was read.
    let polygons = document.children(of: object).filter {
      document.isNamed($0, "polygon") && !VOCPolygon.coordinates(of: $0, in: document).isEmpty
    }
    guard case .polygons(let old)? = before.segmentation, old.count == polygons.count else {
      return refuse("the outline is not in the file as corners", in: &editor)
    }
    var new: [[Double]] = []
    switch after.segmentation {
    case nil: break
    case .polygons(let outline)?: new = outline.rings
    case .runLengths?, .compressedRunLengths?:
      return refuse("VOC files contain outlines only as corners", in: &editor)
    }
    guard new.joined().allSatisfy(\.isFinite) else {
      return refuse("VOC files contain only finite corners", in: &editor)
    }
    if new.isEmpty, document.child("bndbox", of: object) == nil {
      return refuse("the object has no <bndbox>; its box is that around the outline", in: &editor)
    }
    guard let kept = Self.kept(new, of: old.rings) else {
      return refuse("outlines are not added to an object", in: &editor)
    }
    for (polygon, ring) in zip(polygons, kept) {
      if let ring {
        set(polygon, to: ring, in: &editor)
      } else {
        editor.remove(polygon, for: change, .segmentation)
      }
    }
  }

  private func refuse(_ reason: String, in editor: inout VOCFileEditor) {
    editor.edits.refuse(change, .segmentation, reason)
  }

  /// Returns the new form of each ring, nil if it is removed: if all rings are present as before,
  /// they keep their places; otherwise the first ones get the new corners. nil if there are more
  /// than before.
  private static func kept(_ new: [[Double]], of old: [[Double]]) -> [[Double]?]? {
    guard new.count <= old.count else { return nil }
    if new.count < old.count {
      var rest = new[...]
      let kept = old.map { ring in ring == rest.first ? rest.popFirst() : nil }
      if rest.isEmpty { return kept }
    }
    return old.indices.map { $0 < new.count ? new[$0] : nil }
  }

  private func set(_ polygon: Int, to ring: [Double], in editor: inout VOCFileEditor) {
    let coordinates = VOCPolygon.coordinates(of: polygon, in: editor.document)
    if coordinates.count == ring.count {
      for (element, value) in zip(coordinates, ring) {
        editor.set(element, to: value, for: change, .segmentation)
      }
      return
    }
    let text = editor.text
    let children = editor.document.children(of: polygon).compactMap {
      text.element(at: editor.document.elements[$0].offset)?.range
    }
    guard ring.count.isMultiple(of: 2), let first = children.first, let last = children.last else {
      return refuse("a ring has a pair of numbers per corner", in: &editor)
    }
    let separator =
      children.count > 1 ? Array(text.bytes[first.upperBound..<children[1].lowerBound]) : []
    let isPoints = editor.document.child("pt", of: polygon) != nil
    let parts = Self.elements(of: ring, isPoints: isPoints).map(text.encode)
    editor.edits.replace(
      first.lowerBound..<last.upperBound, with: Array(parts.joined(separator: separator)),
      for: change, .segmentation)
  }

  /// Returns the corners as LabelMe or as LabelImg and Roboflow write them.
  private static func elements(of ring: [Double], isPoints: Bool) -> [String] {
    let numbers = ring.map { value in
      var output = JSONOutput(capacity: 64)
      output.append(value)
      return output.text
    }
    return stride(from: 0, to: numbers.count, by: 2).flatMap { index in
      let (x, y) = (numbers[index], numbers[index + 1])
      if isPoints { return ["<pt><x>\(x)</x><y>\(y)</y></pt>"] }
      let number = index / 2 + 1
      return ["<x\(number)>\(x)</x\(number)>", "<y\(number)>\(y)</y\(number)>"]
    }
  }
}
