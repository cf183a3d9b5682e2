import COCO

/// A collector of the edits of one VOC file.
struct VOCFileEditor {
  let text: EncodedText
  let document: XMLDocument
  let pixels: ImportOptions.VOCPixels
  var edits = FileEdits()

  init(text: EncodedText, document: XMLDocument, pixels: ImportOptions.VOCPixels) {
    self.text = text
    self.document = document
    self.pixels = pixels
  }

  mutating func change(_ change: RecordChange, _ after: Image?) {
    guard let after else {
      return edits.refuse(change, nil, "the image is a separate file, which is not deleted")
    }
    edits.refuseUnheld(change, held: [.width, .height], format: "VOC")
    let size = document.elements.isEmpty ? nil : document.child("size", of: 0)
    if change.fields.contains(.width) {
      set("width", of: size, to: after.width, for: change, .width)
    }
    if change.fields.contains(.height) {
      set("height", of: size, to: after.height, for: change, .height)
    }
  }

  private mutating func set(
    _ name: StaticString, of size: Int?, to pixels: Int, for change: RecordChange,
    _ field: RecordField
  ) {
    guard let element = size.flatMap({ document.child(name, of: $0) }) else {
      return edits.refuse(change, field, "the file has no <\(name)> of the image")
    }
    set(element, to: Double(pixels), for: change, field)
  }

  mutating func change(
    _ change: RecordChange, _ before: Annotation, _ after: Annotation,
    _ setting: AnnotationSetting, _ object: Int
  ) {
    edits.refuseUnheld(change, after, setting, format: "VOC")
    if setting.oldCategory?.name != setting.newCategory?.name {
      setName(setting.newCategory?.name, of: object, for: change)
    }
    let fields = change.fields
    let outlineChanges = fields.contains(.segmentation)
    if outlineChanges {
      VOCOutlineEditor(object: object, change: change).change(before, after, in: &self)
    }
    if let bounds = document.child("bndbox", of: object) {
      if fields.contains(.box) { setBox(after.box, bounds, for: change) }
    } else if fields.contains(.box) || outlineChanges, !after.isBoxedByOutline {
      edits.refuse(change, .box, "the object has no <bndbox>; its box is that around the outline")
    }
  }

  private mutating func setName(_ name: String?, of object: Int, for change: RecordChange) {
    guard let name, let element = document.child("name", of: object) else {
      return edits.refuse(change, .categoryID, "no category has the new id")
    }
    replaceText(of: element, with: text.encode(escaped(name)), for: change, .categoryID)
  }

  /// Returns the name with character references if the file's encoding may lack a character.
  private func escaped(_ name: String) -> String {
    let isUnicode = text.isUTF16 || String(validating: text.bytes, as: UTF8.self) != nil
    return name.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default:
        escaped += scalar.isASCII || isUnicode ? String(scalar) : "&#\(scalar.value);"
      }
    }
  }

  private mutating func setBox(_ box: Box?, _ bounds: Int, for change: RecordChange) {
    guard let box, box.hasFiniteEdges else {
      return edits.refuse(change, .box, "VOC files contain only finite corners")
    }
    let shift = pixels == .oneBased ? 1.0 : 0
    let corners: [(StaticString, Double)] = [
      ("xmin", box.x0 + shift), ("ymin", box.y0 + shift), ("xmax", box.writtenX1),
      ("ymax", box.writtenY1),
    ]
    for (name, value) in corners {
      guard let element = document.child(name, of: bounds) else {
        edits.refuse(change, .box, "the box has no <\(name)>")
        continue
      }
      set(element, to: value, for: change, .box)
    }
  }

  /// Writes a number in place of another one. One that is the same but for the last digits of a
  /// double keeps its text.
  mutating func set(
    _ element: Int, to value: Double, for change: RecordChange, _ field: RecordField
  ) {
    if let old = DecimalParser.parse(document.trimmedText(of: element)),
      abs(old - value) <= 4 * max(abs(old), abs(value)).ulp
    {
      return
    }
    var output = JSONOutput(capacity: 64)
    output.append(value)
    replaceText(of: element, with: text.encode(output.text), for: change, field)
  }

  private mutating func replaceText(
    of element: Int, with bytes: [UInt8], for change: RecordChange, _ field: RecordField
  ) {
    guard let extent = text.element(at: document.elements[element].offset),
      let range = text.text(of: extent)
    else {
      return edits.refuse(
        change, field, "<\(document.name(of: element))> has no closing tag of its own")
    }
    edits.replace(range, with: bytes, for: change, field)
  }

  /// Removes an element, with its lines if they hold nothing else.
  mutating func remove(_ element: Int, for change: RecordChange, _ field: RecordField? = nil) {
    guard let extent = text.element(at: document.elements[element].offset) else {
      return edits.refuse(change, field, "the file breaks off in the element")
    }
    edits.replace(text.wholeLines(extent.range), with: [], for: change, field)
  }
}
