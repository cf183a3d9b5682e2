import COCO

/// The K categories that are evaluated: by ascending id, each id once.
struct CategoryTable: Sendable {
  let categories: [COCO.Category]
  private let positions: IDIndex

  init(_ all: [COCO.Category]) {
    let sorted = all.stablySorted { $0.id < $1.id }
    categories = sorted.indices.filter {
      $0 + 1 == sorted.count || sorted[$0].id != sorted[$0 + 1].id
    }.map { sorted[$0] }
    positions = IDIndex(categories.map(\.id))
  }

  func position(of id: Int) -> Int32? { positions.position(of: id).map(Int32.init) }

  /// The positions of the categories that a list in an image's record names.
  func positions(in list: JSONValue?) -> Set<Int32> {
    guard case .array(let elements)? = list else { return [] }
    var found: Set<Int32> = []
    for case .integer(let id) in elements {
      if let position = position(of: id) { found.insert(position) }
    }
    return found
  }
}
