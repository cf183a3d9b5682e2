/// Reads the elements of `categories`.
struct CategoryDecoder: JSONElementDecoder {
  private var records: RecordDecoder<Category>

  init(source: Int) {
    records = RecordDecoder(source: source, kind: .category)
  }

  mutating func decode(_ element: JSONNode, base: Int) {
    records.meet()
    do throws(RecordFault) {
      let category = try category(element, base: base)
      records.batch.records.append(category)
    } catch {
      records.reject(error, element, base: base)
    }
  }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    records.reject(raw, at: offset, reason: reason)
  }

  consuming func finish() -> RecordBatch<Category> { records.batch }

  private mutating func category(_ element: JSONNode, base: Int) throws(RecordFault) -> Category {
    guard element.kind == .object else {
      throw RecordFault(
        "malformed-value", "expected a category object, found \(element.raw)", element.offset)
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
          name = value.string ?? value.raw
        } else if key.reads("supercategory"), let text = value.string {
          category.supercategory = text
        } else {
          category.extra.members.append(
            .init(name: String(decoding: key.bytes, as: UTF8.self), value: JSONValue(value)))
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
    return category
  }
}
