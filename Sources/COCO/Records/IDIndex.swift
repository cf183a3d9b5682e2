/// Where each id stands: a table where ids are dense, as they mostly are, else a dictionary.
public struct IDIndex: Sendable {
  /// How many numbers of the table may stand for one id: COCO's own ids leave gaps of about five.
  private static let sparsest = 16

  private var table: [Int32] = []
  private var lowest = 0
  private var dictionary: [Int: Int] = [:]
  /// The positions of ids that stood before.
  public private(set) var repeated: [Int] = []

  public init(_ ids: [Int]) {
    guard let low = ids.min(), let high = ids.max() else { return }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, span / Self.sparsest <= ids.count + 1024, ids.count < Int32.max {
      lowest = low
      table = [Int32](repeating: -1, count: span + 1)
      for (position, id) in ids.enumerated() {
        if table[id - low] >= 0 {
          repeated.append(position)
        } else {
          table[id - low] = Int32(position)
        }
      }
    } else {
      for (position, id) in ids.enumerated() {
        if dictionary[id] == nil { dictionary[id] = position } else { repeated.append(position) }
      }
    }
  }

  /// The position of the first record with this id.
  public func position(of id: Int) -> Int? {
    let (place, overflow) = id.subtractingReportingOverflow(lowest)
    if !overflow, place >= 0, place < table.count {
      return table[place] >= 0 ? Int(table[place]) : nil
    }
    return dictionary[id]
  }
}
