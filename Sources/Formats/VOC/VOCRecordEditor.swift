import COCO
import Files

/// An editor for VOC that changes the text of elements, and removes objects with their lines.
struct VOCRecordEditor: RecordEditor {
  static let categories = CategoryHolding.names

  private let pixels: ImportOptions.VOCPixels
  private let xml = XMLReader()

  init(_ context: EditingContext) {
    pixels = context.options.vocPixels
  }

  func edit(_ text: EncodedText, _ changes: [RecordChange]) -> FileEdits {
    _ = xml.read(text.bytes)
    var editor = VOCFileEditor(text: text, document: xml.document, pixels: pixels)
    let elements = xml.document.elementsByOffset
    for change in changes {
      switch change.content {
      case .image(_, let after):
        editor.change(change, after)
      case .annotation(let before, let after, let setting):
        // The annotations of an image that stays, since its file cannot go, stay as well.
        if setting.followsImage { continue }
        guard
          let object = elements[change.offset].flatMap({ xml.document.object(around: $0) })
        else {
          editor.edits.refuse(change, nil, "no object stands at its place any more")
          continue
        }
        if let after {
          editor.change(change, before, after, setting, object)
        } else {
          editor.remove(object, for: change)
        }
      case .category, .text: break
      }
    }
    return editor.edits
  }
}
