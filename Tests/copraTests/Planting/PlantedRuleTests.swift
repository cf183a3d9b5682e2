import Linting
import Testing

@Suite("Rules and planted faults")
struct PlantedRuleTests {
  /// Rules that cannot be planted here, each with the reason.
  private static let unplanted = [
    "id-type-mismatch": "validate, which is run on what is planted, compares no results",
    "not-instances": "a file of another task is one as a whole, without any sound record",
    "unreadable-folder": "root, as whom tests may run, lists every folder",
    "unwritable-record": "validate, which is run on what is planted, writes no other format",
  ]

  @Test(arguments: Rules.all.filter { $0.raiser != .engine }.map { $0.id })
  func `no rule is forgotten`(rule: String) {
    let isPlanted = Plantings.all.contains { $0.due.contains { $0.rule == rule } }
    #expect(isPlanted || Self.unplanted[rule] != nil)
  }

  @Test(arguments: unplanted.keys.sorted())
  func `a reason why a rule is not planted is needed`(rule: String) {
    #expect(Rules.all.contains { $0.id == rule })
    #expect(!Plantings.all.contains { $0.due.contains { $0.rule == rule } })
  }

  @Test func `all that is planted in a format has a rule`() {
    let ids = Set(Rules.all.map { $0.id })
    #expect(Set(Plantings.all.flatMap(\.due).map(\.rule)).subtracting(ids) == [])
  }
}
