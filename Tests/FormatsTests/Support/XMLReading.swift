import COCO

@testable import Formats

/// All that reading an XML file gives, to be compared.
struct XMLReading: Equatable, CustomStringConvertible {
  struct Element: Equatable {
    var offset: Int
    var name: String
    var text: [UInt8]
    var end: Int
    var parent: Int
  }

  var elements: [Element]
  var cutElements: Set<Int>
  /// The kind, the message and offset, where the file could not be read to its end.
  var fault: String?

  init(_ reader: XMLReader, _ bytes: [UInt8]) {
    fault = reader.read(bytes).map { "\($0.kind.id), \($0.message), \($0.offset)" }
    let document = reader.document
    elements = document.elements.indices.map { index in
      let element = document.elements[index]
      return Element(
        offset: element.offset, name: document.name(of: index),
        text: Array(document.bytes(element.text)), end: element.end, parent: element.parent)
    }
    cutElements = document.cutElements
  }

  var description: String {
    let list = elements.map { element in
      "\(element.name)@\(element.offset) in \(element.parent) to \(element.end): "
        + String(decoding: element.text, as: UTF8.self).debugDescription
    }
    return list.joined(separator: "; ") + " cut \(cutElements.sorted()), \(fault ?? "no fault")"
  }
}
