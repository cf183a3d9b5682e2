/// Where each id stands: without more where each is one above that before it, else by a table where
/// ids are dense, as they mostly are, else by a dictionary.
public struct IDIndex: Sendable {
  /// How many numbers of the table may stand for one id: COCO's own ids leave gaps of about five.
  private static let sparsest = 16

  /// How many ids there are, where each is one above that before it.
  private var consecutive = 0
  private var table: [Int32] = []
  private var lowest = 0
  private var dictionary: [Int: Int] = [:]
  /// The positions of ids that stood before.
  public private(set) var repeated: [Int] = []

  public init(_ ids: [Int]) {
    self.init(count: ids.count) { ids[$0] }
  }

  /// The index of the ids of annotations, of which no copy is made.
  public init(_ annotations: [Annotation]) {
    self = annotations.withUnsafeBufferPointer { annotations in
      IDIndex(count: annotations.count) { annotations[$0].id }
    }
  }

  /// The index of so many ids, each of which is asked for twice.
  private init(count: Int, id: (Int) -> Int) {
    guard count > 0 else { return }
    let first = id(0)
    var (low, high) = (first, first)
    var areConsecutive = first <= Int.max - count
    for position in 1..<count {
      let id = id(position)
      areConsecutive = areConsecutive && id == first &+ position
      low = min(low, id)
      high = max(high, id)
    }
    if areConsecutive {
      lowest = first
      consecutive = count
      return
    }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, span / Self.sparsest <= count + 1024, count < Int32.max {
      lowest = low
      table = [Int32](repeating: -1, count: span + 1)
      for position in 0..<count {
        let place = id(position) - low
        if table[place] >= 0 {
          repeated.append(position)
        } else {
          table[place] = Int32(position)
        }
      }
    } else {
      for position in 0..<count {
        let id = id(position)
        if dictionary[id] == nil { dictionary[id] = position } else { repeated.append(position) }
      }
    }
  }

  /// The position of the first record with this id.
  public func position(of id: Int) -> Int? {
    let (place, overflow) = id.subtractingReportingOverflow(lowest)
    if !overflow, place >= 0, place < consecutive { return place }
    if !overflow, place >= 0, place < table.count {
      return table[place] >= 0 ? Int(table[place]) : nil
    }
    return dictionary[id]
  }
}
