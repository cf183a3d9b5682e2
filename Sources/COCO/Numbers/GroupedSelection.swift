/// A search for the number of a rank in each of several groups of numbers above 0 that are visited
/// several times, in memory that does not grow with them.
public enum GroupedSelection {
  /// The number of bits of a number that are found at each visit.
  private static let digit = 11

  /// Returns the number of the wanted rank in each group.
  ///
  /// - Parameters:
  ///   - ranks: The rank by group, from 0 for the least number; nil for a group without numbers, or
  ///     of which none is wanted.
  ///   - most: The number of numbers that may be held in memory.
  ///   - visit: Calls its argument with the group of each number and the number.
  public static func numbers(
    at ranks: [Int?], holding most: Int = 1 << 20,
    visit: (_ body: (_ group: Int, _ number: Double) -> Void) -> Void
  ) -> [Double?] {
    var found = Search(ranks)
    while found.bits < Double.bitWidth, found.candidates > most { found.refine(visit) }
    return found.numbers(visit)
  }

  private struct Search {
    /// The leading bits of each group's number.
    private var starts: [UInt64]
    /// The rank of each group's number among those that begin alike; -1 where none is wanted.
    private var places: [Int]
    /// The number of leading bits that are known.
    private(set) var bits = 0
    /// The number of numbers that begin as the wanted ones of their groups.
    private(set) var candidates = Int.max

    init(_ ranks: [Int?]) {
      starts = Array(repeating: 0, count: ranks.count)
      places = ranks.map { $0 ?? -1 }
    }

    /// Counts which digits come next, and finds those of the wanted numbers.
    mutating func refine(_ visit: (_ body: (Int, Double) -> Void) -> Void) {
      let width = min(digit, Double.bitWidth - bits)
      let shift = Double.bitWidth - bits - width
      let (starts, places) = (starts, places)
      var counts = [UInt32](repeating: 0, count: starts.count << width)
      visit { group, number in
        let key = number.bitPattern >> UInt64(shift)
        guard places[group] >= 0, key >> UInt64(width) == starts[group] else { return }
        counts[group << width | Int(key & (1 << UInt64(width) - 1))] += 1
      }
      candidates = 0
      for group in starts.indices where places[group] >= 0 {
        let (first, last) = (group << width, (group + 1) << width - 1)
        var digit = first
        while digit < last, Int(counts[digit]) <= self.places[group] {
          self.places[group] -= Int(counts[digit])
          digit += 1
        }
        self.starts[group] = starts[group] << UInt64(width) | UInt64(digit - first)
        candidates += Int(counts[digit])
      }
      bits += width
    }

    /// Returns the numbers, after a last visit if they are not known to the last bit.
    func numbers(_ visit: (_ body: (Int, Double) -> Void) -> Void) -> [Double?] {
      guard bits < Double.bitWidth else {
        return places.indices.map { group in
          places[group] < 0 ? nil : Double(bitPattern: starts[group])
        }
      }
      var held = [[Double]](repeating: [], count: places.count)
      let shift = UInt64(Double.bitWidth - bits)
      visit { group, number in
        guard places[group] >= 0, number.bitPattern >> shift == starts[group] else { return }
        held[group].append(number)
      }
      return places.indices.map { group in
        guard held[group].indices.contains(places[group]) else { return nil }
        Selection.place([places[group]][...], in: &held[group])
        return held[group][places[group]]
      }
    }
  }
}

extension Double {
  fileprivate static let bitWidth = UInt64.bitWidth
}
