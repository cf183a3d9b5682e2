/// A decoder of the elements of `categories`.
struct CategoryDecoder: JSONRecordDecoder {
  var records: RecordDecoder<Category>

  init(source: Int) {
    records = RecordDecoder(source: source, kind: .category)
  }

  mutating func record(_ element: JSONNode, base: Int) throws(RecordFault) -> Category {
    guard element.kind == .object else {
      throw RecordFault(
        .malformedValue, "expected a category object, found \(element.excerpt)", element.offset)
    }
    var id: Int?
    var name: String?
    var category = Category(id: 0, name: "", origin: records.origin(base + element.offset))
    var failure: RecordFault?
    element.forEachMember { key, value in
      do throws(RecordFault) {
        if key.reads("id") {
          id = try records.id(value, as: .category, "id")
        } else if key.reads("name") {
          name = try self.name(value)
        } else if key.reads("supercategory"), let text = value.string {
          category.supercategory = text
        } else {
          category.extra.members.append(records.member(key, value, base: base))
        }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    guard let id else { throw .missing("id", in: element) }
    guard let name else { throw .missing("name", in: element) }
    category.id = id
    category.name = name
    if records.holdsControls, let origin = category.origin {
      records.batch.reported.leaveOut(.name, of: origin)
    }
    return category
  }

  /// Returns a name; a number or Boolean is read as the text that it looks like, and null gives
  /// nil.
  private mutating func name(_ node: JSONNode) throws(RecordFault) -> String? {
    switch node.kind {
    case .string: return node.string
    case .null: return nil
    case .integer, .double, .yes, .no:
      records.repair(
        "category name that is no text read as text", node, as: "\"\(node.raw)\"",
        .malformedValue, severity: .warning, expected: "name: expected text")
      return node.raw
    default:
      throw RecordFault(
        .malformedValue, "name: expected text, found \(node.excerpt)", node.offset)
    }
  }
}
