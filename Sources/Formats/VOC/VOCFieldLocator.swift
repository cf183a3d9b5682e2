import COCO

/// A locator for VOC: an annotation is an `<object>`, identified by the place of its `<bndbox>`;
/// the image is the file.
struct VOCFieldLocator: FieldLocator {

  private let text: EncodedText
  private let document: XMLDocument
  private let elements: [Int: Int]
  /// The number of each object among the file's objects, from 1, by its element.
  private let numbers: [Int: Int]

  init?(_ bytes: [UInt8], path: String, options: ImportOptions) {
    let reader = XMLReader()
    _ = reader.read(bytes)
    guard reader.document.elements.first != nil else { return nil }
    text = EncodedText(bytes)
    let document = reader.document
    self.document = document
    elements = document.elementsByOffset
    let objects = document.children(of: 0).filter { document.isNamed($0, "object") }
    numbers = Dictionary(zip(objects, 1...), uniquingKeysWith: { first, _ in first })
  }

  func place(of field: RecordField?, in record: LocatedRecord) -> FieldPlace? {
    guard record.offset > document.elements[0].offset, record.kind != .image else {
      return field.map { imagePlace(of: $0, at: record.offset) }
    }
    guard let element = elements[record.offset],
      let object = document.object(around: element), let number = numbers[object]
    else { return nil }
    let path = "object[\(number)]"
    guard let field = record.fieldOfAnnotation(field) else {
      let names = document.names(from: object, to: element)
      return FieldPlace(
        offset: record.offset, path: ([path] + names).joined(separator: "/"))
    }
    let name = Self.element(of: field)
    let child = document.children(of: object).first { document.name(of: $0) == name }
    let place = child.map { field == .box ? document.elements[$0].offset : textStart(of: $0) }
    return FieldPlace(
      offset: place ?? record.offset, path: "\(path)/\(name ?? field.rawValue)")
  }

  private func imagePlace(of field: RecordField, at offset: Int) -> FieldPlace {
    let path: [String] =
      switch field {
      case .width: ["size", "width"]
      case .height: ["size", "height"]
      case .fileName: ["filename"]
      default: [field.rawValue]
      }
    var element: Int? = 0
    for name in path {
      element = element.flatMap { parent in
        document.children(of: parent).first { document.name(of: $0) == name }
      }
    }
    return FieldPlace(
      offset: element.map(textStart) ?? offset, path: path.joined(separator: "/"))
  }

  /// Returns the element that holds a field within an object; nil if VOC has none.
  private static func element(of field: RecordField) -> String? {
    switch field {
    case .box: "bndbox"
    case .name, .categoryID: "name"
    case .segmentation: "polygon"
    case .isCrowd: "difficult"
    default: nil
    }
  }

  private func textStart(of element: Int) -> Int {
    let offset = document.elements[element].offset
    guard let extent = text.element(at: offset), let range = text.text(of: extent) else {
      return offset
    }
    return range.lowerBound
  }
}

extension XMLDocument {
  /// The elements by their places.
  var elementsByOffset: [Int: Int] {
    Dictionary(
      elements.indices.map { (elements[$0].offset, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the `<object>` of the file that `element` is or is within.
  func object(around element: Int) -> Int? {
    var element = element
    while elements[element].parent > 0 { element = elements[element].parent }
    return isNamed(element, "object") ? element : nil
  }

  /// Returns the names of the elements within `ancestor` that lead to `element`, itself included;
  /// none for an object's box, which stands for the object.
  func names(from ancestor: Int, to element: Int) -> [String] {
    var names: [String] = []
    var element = element
    while element > ancestor {
      names.insert(name(of: element), at: 0)
      element = elements[element].parent
    }
    return names == ["bndbox"] ? [] : names
  }
}
