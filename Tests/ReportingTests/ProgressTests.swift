import Testing

@testable import Reporting

struct ProgressTests {
  @Test(
    arguments: [
      (1234, 5000, 40, "reading  [###            ] 1,234 / 5,000"),
      (0, 5000, 80, "reading  [                                        ]     0 / 5,000"),
      (5000, 5000, 80, "reading  [########################################] 5,000 / 5,000"),
      (9999, 5000, 40, "reading  [###############] 9,999 / 5,000"),
      (0, 0, 40, "reading  [#######################] 0 / 0"),
      (1234, 5000, 30, "reading  1,234 / 5,000"),
      (1234, 5000, 10, "reading  …"),
      (1234, nil, 40, "reading  1,234"),
    ] as [(Int, Int?, Int, String)])
  func `line fits its width`(done: Int, total: Int?, width: Int, expected: String) {
    #expect(ProgressLine("reading", total: total).line(for: done, width: width) == expected)
  }

  @Test func `is shown after a second and then ten times a second`() {
    let counter = ProgressCounter(start: 5_000_000_000)
    let shown = [5.0, 5.9, 6.0, 6.05, 6.1, 9.0, 9.01].map {
      counter.advance(at: UInt64($0 * 1e9))
    }
    #expect(shown == [nil, nil, 3, nil, 5, 6, nil])
  }

  @Test func `counts what many tasks do`() async {
    let counter = ProgressCounter(start: 0)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<1000 { _ = counter.advance(by: 2, at: 0) } }
      }
    }
    #expect(counter.count == 16_000)
  }
}
