/// The position of each id: computed if the ids are consecutive, by a table if they are dense, as
/// they mostly are, and by a dictionary otherwise.
public struct IDIndex: Sendable {
  /// The most table entries for each id: COCO's own ids leave gaps of about five.
  private static let sparsest = 16

  /// The number of ids if they are consecutive; 0 otherwise.
  private var consecutive = 0
  private var table: [Int32] = []
  private var lowest = 0
  private var dictionary: [Int: Int] = [:]
  /// The positions of ids that occurred before.
  public private(set) var repeated: [Int] = []

  /// Creates the index of ids by their positions.
  public init(_ ids: [Int]) {
    self.init(count: ids.count) { ids[$0] }
  }

  /// Creates the index of the ids of annotations without copying them.
  public init(_ annotations: [Annotation]) {
    self = annotations.withUnsafeBufferPointer { annotations in
      IDIndex(count: annotations.count) { annotations[$0].id }
    }
  }

  /// Creates the index of this number of ids; each id is requested twice.
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

  /// Returns the position of the first record with this id; nil if there is none.
  public func position(of id: Int) -> Int? {
    let (place, overflow) = id.subtractingReportingOverflow(lowest)
    if !overflow, place >= 0, place < consecutive { return place }
    if !overflow, place >= 0, place < table.count {
      return table[place] >= 0 ? Int(table[place]) : nil
    }
    return dictionary[id]
  }
}
