import Files
import Synchronization
import Testing

@Suite("Ordered tasks")
struct OrderedTasksTests {
  struct Refusal: Error, Equatable {
    let part: Int
  }

  /// Takes longer for earlier parts, so that they end in another order than they began.
  private static func slow(_ index: Int) -> Int {
    var value = index
    for step in 0..<((7 - index % 7) * 20_000) { value = value &* 31 &+ step }
    return value == 1 ? -1 : index
  }

  @Test(arguments: [0, 1, 2, 3, 8])
  func `results come in order`(threads: Int) async throws {
    let tasks = OrderedTasks(threads: threads)
    #expect(try await tasks.map(100) { Self.slow($0) } == Array(0..<100))
    var seen: [Int] = []
    try await tasks.run(50) {
      Self.slow($0)
    } consume: { index, part in
      #expect(index == part)
      seen.append(index)
      return true
    }
    #expect(seen == Array(0..<50))
  }

  @Test(arguments: [1, 4])
  func `no parts are no work`(threads: Int) async throws {
    #expect(try await OrderedTasks(threads: threads).map(0) { $0 }.isEmpty)
  }

  @Test(arguments: [1, 2, 4])
  func `false ends the work soon`(threads: Int) async throws {
    let begun = Mutex(0)
    var consumed = 0
    try await OrderedTasks(threads: threads).run(10_000) { index in
      begun.withLock { $0 += 1 }
      return index
    } consume: { index, _ in
      consumed += 1
      return index < 4
    }
    #expect(consumed == 5)
    #expect(begun.withLock { $0 } <= 5 + 2 * threads)
  }

  @Test(arguments: [1, 2, 4])
  func `the first part's error is thrown when all before it are consumed`(threads: Int) async {
    var consumed = 0
    await #expect(throws: Refusal(part: 20)) {
      try await OrderedTasks(threads: threads).run(100) { index in
        if index % 2 == 0, index >= 20 { throw Refusal(part: index) }
        return Self.slow(index)
      } consume: { _, _ in
        consumed += 1
        return true
      }
    }
    #expect(consumed == 20)
  }

  @Test(arguments: [1, 3])
  func `the consumer's error is thrown`(threads: Int) async {
    await #expect(throws: Refusal(part: 2)) {
      try await OrderedTasks(threads: threads).run(50) {
        $0
      } consume: { index, _ in
        if index == 2 { throw Refusal(part: index) }
        return true
      }
    }
  }
}
