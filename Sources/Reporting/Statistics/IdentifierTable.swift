/// The positions of records by their ids. Of two records with one id the first counts.
struct IdentifierTable {
  /// By id, -1 where no record has it; empty where ids are too far apart for a list.
  private var list: [Int32] = []
  private var dictionary: [Int: Int] = [:]

  init(_ ids: some Collection<Int>) {
    let highest = ids.max() ?? 0
    let lowest = ids.min() ?? 0
    guard lowest >= 0, highest < 16 * ids.count + 65536 else {
      dictionary = Dictionary(zip(ids, 0...)) { first, _ in first }
      return
    }
    list = [Int32](repeating: -1, count: highest + 1)
    for (position, id) in ids.enumerated() where list[id] < 0 { list[id] = Int32(position) }
  }

  subscript(id: Int) -> Int? {
    if list.isEmpty { return dictionary[id] }
    guard id >= 0, id < list.count, list[id] >= 0 else { return nil }
    return Int(list[id])
  }
}
