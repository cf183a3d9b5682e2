import COCO
import Files

/// Which record of a fixed dataset is which of the dataset as it was read.
struct RecordPairs {
  /// For each record that was read its index in the fixed dataset; nil where it is gone.
  private(set) var partners: [Int?]
  /// Records of the fixed dataset that come from no file.
  private(set) var added: [Int] = []

  /// Pairs records by their origins; of several that share one, the first with the first.
  init<Record>(_ before: [Record], _ after: [Record], origin: (Record) -> Origin?) {
    partners = []
    partners.reserveCapacity(before.count)
    var next = 0
    // Mostly no record has moved.
    for record in before {
      let isNext =
        next < after.count && origin(record) != nil && origin(after[next]) == origin(record)
      partners.append(isNext ? next : nil)
      if isNext { next += 1 }
    }
    if next < after.count { pairOneByOne(before.map(origin), after.map(origin)) }
  }

  private mutating func pairOneByOne(_ before: [Origin?], _ after: [Origin?]) {
    var places: [Origin: [Int]] = [:]
    for (index, origin) in after.enumerated().reversed() {
      if let origin { places[origin, default: []].append(index) }
    }
    partners = before.map { origin in origin.flatMap { places[$0]?.popLast() } }
    let paired = Set(partners.compactMap(\.self))
    added = after.indices.filter { !paired.contains($0) }
  }

  /// Pairs categories; those that have no place of their own by what they are called.
  static func categories(_ before: [Category], _ after: [Category]) -> RecordPairs {
    guard Set(before.compactMap(\.origin)).count < before.count else {
      return RecordPairs(before, after, origin: \.origin)
    }
    var pairs = RecordPairs(before, [], origin: \.origin)
    var free = Set(after.indices)
    let tests: [(Category, Category) -> Bool] = [
      { $0.id == $1.id && $0.name == $1.name }, { $0.id == $1.id }, { $0.name == $1.name },
    ]
    for isSame in tests {
      for index in before.indices where pairs.partners[index] == nil {
        guard
          let partner = after.indices.first(where: {
            free.contains($0) && isSame(before[index], after[$0])
          })
        else { continue }
        pairs.partners[index] = partner
        free.remove(partner)
      }
    }
    pairs.added = free.sorted()
    return pairs
  }
}
