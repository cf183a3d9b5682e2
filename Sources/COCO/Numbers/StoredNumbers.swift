import Files

/// Finite numbers in the order in which they are added. Of many, only the last are in memory, and
/// the others in a temporary file.
public final class StoredNumbers {
  private static let block = 1 << 16

  /// The number of numbers in memory beyond which they are moved to the file.
  private let most: Int
  /// The number of numbers.
  public private(set) var count = 0
  private var recent: [Double] = []
  private var file: ScratchFile?
  /// The number of numbers in the file.
  private var stored = 0
  /// Whether the system has refused to store more, so that they stay in memory.
  private var isFull = false

  /// Creates an empty list that holds at most this number of numbers in memory.
  public init(most: Int = 1 << 20) {
    self.most = most
  }

  /// Makes room for more numbers.
  public func reserve(_ more: Int) {
    recent.reserveCapacity(min(recent.count + more, most))
  }

  /// Adds a number.
  public func append(_ number: Double) {
    recent.append(number)
    count += 1
    if recent.count >= most, !isFull { store() }
  }

  /// Adds all numbers of another list.
  public func append(_ other: StoredNumbers) {
    other.visit { append($0) }
  }

  private func store() {
    do {
      let file = try file ?? ScratchFile()
      self.file = file
      try file.append(recent)
      stored += recent.count
      recent.removeAll(keepingCapacity: true)
    } catch {
      // What a failed write has left in the file is never read.
      isFull = true
    }
  }

  /// Calls `body` with each number, in order.
  public func visit(_ body: (Double) -> Void) {
    var done = 0
    while done < stored, let file {
      let wanted = min(Self.block, stored - done)
      guard let numbers = try? file.numbers(at: done, count: wanted), numbers.count == wanted else {
        fatalError("a temporary file cannot be read back")
      }
      for number in numbers { body(number) }
      done += wanted
    }
    for number in recent { body(number) }
  }

  /// Returns the numbers of these ranks, from 0 for the smallest. Numbers in memory are reordered.
  public func numbers(at ranks: Set<Int>) -> [Int: Double] {
    guard stored > 0 else {
      Selection.place(ranks.sorted()[...], in: &recent)
      return Dictionary(uniqueKeysWithValues: ranks.map { ($0, recent[$0]) })
    }
    return numbersByDigits(at: ranks)
  }

  /// Finds the numbers digit by digit, of 16 bits each, and counts in every pass how many numbers
  /// that begin alike have each next digit.
  private func numbersByDigits(at ranks: Set<Int>) -> [Int: Double] {
    /// The ranks among the numbers that begin with the digits of a key.
    var ranksByStart: [UInt64: [(rank: Int, place: Int)]] = [0: ranks.map { ($0, $0) }]
    for digit in 1...4 {
      let starts = ranksByStart.keys.sorted()
      let shift = UInt64(64 - 16 * digit)
      var counts = [[Int]](repeating: [Int](repeating: 0, count: 1 << 16), count: starts.count)
      visit { number in
        let key = Self.key(of: number) >> shift
        guard let start = starts.firstIndex(of: key >> 16) else { return }
        counts[start][Int(key & 0xFFFF)] += 1
      }
      var next: [UInt64: [(rank: Int, place: Int)]] = [:]
      for (start, counts) in zip(starts, counts) {
        for (rank, place) in ranksByStart[start, default: []] {
          var (value, below) = (0, 0)
          while below + counts[value] <= place {
            below += counts[value]
            value += 1
          }
          next[start << 16 | UInt64(value), default: []].append((rank, place - below))
        }
      }
      ranksByStart = next
    }
    var found: [Int: Double] = [:]
    for (key, ranks) in ranksByStart {
      for (rank, _) in ranks { found[rank] = Self.number(of: key) }
    }
    return found
  }

  /// Returns a key that has the order of the number.
  private static func key(of number: Double) -> UInt64 {
    let bits = number.bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func number(of key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}
