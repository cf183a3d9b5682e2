import COCO
import TestSupport
import Testing

struct GroupedSelectionTests {
  private static func numbers(of group: Int, _ random: inout SeededNumbers) -> Double {
    switch group {
    case 1: 4.25
    case 2: Double(Int.random(in: 1...5, using: &random))
    case 3: Double.random(in: 0..<1e-300, using: &random)
    case 4: Double.random(in: 1...1.000_000_1, using: &random)
    default: .infinity
    }
  }

  @Test(arguments: [0, 40, 1 << 20])
  func `numbers of a rank are those that sorting finds`(most: Int) {
    var random = SeededNumbers(seed: 7)
    var groups = (0..<6).map { group in
      (0..<(group * group * 31)).map { _ in Self.numbers(of: group, &random) }
    }
    groups[5].append(3)
    for share in [0.0, 0.5, 0.999] {
      let ranks = groups.map { $0.isEmpty ? nil : Int(share * Double($0.count)) }
      let found = GroupedSelection.numbers(at: ranks, holding: most) { body in
        for (group, numbers) in groups.enumerated() {
          for number in numbers { body(group, number) }
        }
      }
      let sorted = zip(groups, ranks).map { numbers, rank in rank.map { numbers.sorted()[$0] } }
      #expect(found == sorted)
    }
  }
}
