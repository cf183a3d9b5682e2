import Files
import TestSupport
import Testing

@Suite struct NaturalOrderTests {
  @Test(arguments: [
    ("img2", "img10"), ("img9.jpg", "img10.jpg"), ("a", "b"), ("a", "aa"), ("a1", "a1b"),
    ("a1b2", "a1b10"), ("1", "2"), ("9", "10"), ("", "a"), ("2", "a"), ("B", "a"),
    ("img01", "img2"), ("img001", "img01"), ("img01", "img1"), ("img1", "img02"),
    ("a01b2", "a1b03"), ("x0", "x00a"), ("v1.2", "v1.10"), ("a-1", "a1"),
    ("99999999999999999999", "100000000000000000000"),
    ("18446744073709551615", "18446744073709551616"), ("z", "ä"), ("img2/b", "img10/a"),
    ("000", "1"), ("0", "00a"),
  ])
  func `names are in the order that people expect`(first: String, second: String) {
    #expect(NaturalOrder.precedes(first, second))
    #expect(!NaturalOrder.precedes(second, first))
  }

  @Test(arguments: ["", "a", "img01", "10"])
  func `no name precedes itself`(name: String) {
    #expect(!NaturalOrder.precedes(name, name))
  }

  @Test func `any two names have an order, and any three agree`() {
    var random = SeededNumbers(seed: 3)
    let names = (0..<60).map { _ in
      (0..<Int.random(in: 0...5, using: &random))
        .map { _ in ["0", "1", "2", "9", "a", "b"].randomElement(using: &random) ?? "" }.joined()
    }
    for a in names {
      for b in names where a != b {
        #expect(NaturalOrder.precedes(a, b) != NaturalOrder.precedes(b, a), "\(a) \(b)")
        guard NaturalOrder.precedes(a, b) else { continue }
        for c in names where NaturalOrder.precedes(b, c) {
          #expect(NaturalOrder.precedes(a, c), "\(a) \(b) \(c)")
        }
      }
    }
  }
}
