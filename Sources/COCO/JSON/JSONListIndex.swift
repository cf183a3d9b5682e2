import Files

/// The start of each element in the lists on a JSON file's outermost level: `images`, `annotations`
/// …
///
/// The index is made in one pass that looks at brackets, strings and commas only.
public struct JSONListIndex: Sendable {
  /// The place of an element: its list, its number in the list, and its offset.
  public struct Place: Sendable, Equatable {
    /// The name of the list.
    public let list: String
    /// The number of the element in its list, from 0.
    public let index: Int
    /// The offset of the element's first byte.
    public let start: Int
  }

  private struct List: Sendable {
    let name: String
    var starts: [Int] = []
  }

  private var lists: [List] = []

  /// Creates the index of all of `text`; lists behind a bracket that matches nothing may be
  /// missing.
  public init(_ text: UnsafeBufferPointer<UInt8>) {
    var depth = 0
    var name = 0..<0
    var isInList = false
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""):
        guard let end = JSONScanner.scalarEnd(in: text, from: index) else { return }
        if depth == 1 { name = index..<end }
        index = end
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        guard depth == 2 else { break }
        isInList = text[index] == UInt8(ascii: "[") && !name.isEmpty
        guard isInList else { break }
        lists.append(List(name: JSONRecordLayout.name(name, in: text)))
        index = passToElement(in: text, from: index + 1)
        continue
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
      case UInt8(ascii: ",") where depth == 2 && isInList:
        index = passToElement(in: text, from: index + 1)
        continue
      default: break
      }
      index += 1
    }
  }

  private mutating func passToElement(
    in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int {
    let index = JSONScanner.skipBlanks(in: text, from: start)
    if index < text.count, text[index] != UInt8(ascii: "]"), text[index] != UInt8(ascii: ",") {
      lists[lists.count - 1].starts.append(index)
    }
    return index
  }

  /// Returns the element that begins last at or before `offset`; it may also end before that.
  public func place(of offset: Int) -> Place? {
    var best: Place?
    for list in lists {
      let index = list.starts.partitioningIndex { $0 > offset } - 1
      if index >= 0, list.starts[index] > best?.start ?? -1 {
        best = Place(list: list.name, index: index, start: list.starts[index])
      }
    }
    return best
  }

  /// Returns the ranges to remove from `text` so that the objects that begin at `offsets` are gone
  /// and the commas remain correct, each with the offsets of its objects. Objects that are not
  /// found are kept.
  public func cuts(
    removing offsets: some Sequence<Int>, in text: UnsafeBufferPointer<UInt8>
  ) -> [(range: Range<Int>, offsets: [Int])] {
    let removed = Set(offsets)
    var cuts: [(range: Range<Int>, offsets: [Int])] = []
    for starts in lists.map(\.starts) {
      for run in Self.runs(starts.indices.filter { removed.contains(starts[$0]) }) {
        let first = starts[run.lowerBound]
        guard let last = JSONRecordLayout(text, at: starts[run.upperBound]) else { continue }
        let cut = Self.cut(
          first: first, lastEnd: last.range.upperBound,
          next: run.upperBound + 1 < starts.count ? starts[run.upperBound + 1] : nil,
          previousEnd: run.lowerBound > 0 ? Self.end(before: first, in: text) : nil)
        cuts.append((cut, run.map { starts[$0] }))
      }
    }
    return cuts
  }

  /// Returns the end of the value before the comma before `start`.
  private static func end(before start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var last = JSONScanner.skipBlanksBackward(in: text, before: start)
    while last >= 0, text[last] == UInt8(ascii: ",") {
      last = JSONScanner.skipBlanksBackward(in: text, before: last)
    }
    return last + 1
  }

  /// Returns the range to remove from a list so that a run of its parts is gone: up to the next
  /// part, or from the end of the part before if there is no next one.
  public static func cut(first: Int, lastEnd: Int, next: Int?, previousEnd: Int?) -> Range<Int> {
    if let next { return first..<next }
    return (previousEnd ?? first)..<lastEnd
  }

  /// Returns an ordered list of numbers as ranges of consecutive ones.
  public static func runs(_ numbers: [Int]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs
  }
}

extension [Int] {
  /// Returns the first index whose element `belongs` to the second part of the ordered array.
  fileprivate func partitioningIndex(_ belongs: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
