import Foundation
import TestSupport
import Testing

struct RulesPageTests {
  @Test func `the page of rules in the documentation is what the program says`() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Documentation/rules.md")
    let ending = try Copra.run(["rules", "--format", "markdown"], in: TemporaryFolder())
    #expect(ending.status == 0)
    #expect(try String(contentsOf: page, encoding: .utf8) == ending.results)
  }

  @Test func `a rule is explained with its options and examples`() throws {
    let ending = try Copra.run(["explain", "tiny-box"], in: TemporaryFolder())
    #expect(ending.status == 0)
    #expect(ending.results.hasPrefix("tiny-box (warning, no fix, raised by copra validate)\n"))
    #expect(ending.results.contains("side: 2"))
    #expect(ending.results.contains("Example: a sliver"))
  }

  @Test func `a rule that is misspelt is met with the one that may be meant`() throws {
    let ending = try Copra.run(["explain", "tiny-boxes"], in: TemporaryFolder())
    #expect(ending.status == 2)
    #expect(ending.messages.contains("did you mean tiny-box?"))
  }
}
