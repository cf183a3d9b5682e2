import Testing

@testable import YAML

@Suite("Values as YAML")
struct NodeEncoderTests {
  private enum Kind: String, Encodable {
    case wide = "very wide"
  }

  private struct Part: Encodable {
    var side: Double
    var kind: Kind?
  }

  private struct Whole: Encodable {
    var name = "true"
    var count = 3
    var isRed = false
    var share = 0.1
    var parts = [Part(side: 2), Part(side: 1e300, kind: .wide)]
    var sizes: [[Int]] = [[1], []]
    var absent: Int?
    var bits: UInt8 = 255
  }

  private class Base: Encodable {
    var first = 1
  }

  private final class Derived: Base {
    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encodeNil(forKey: .nothing)
      try super.encode(to: container.superEncoder())
      var list = container.nestedUnkeyedContainer(forKey: .list)
      try list.encodeNil()
      var inner = list.nestedContainer(keyedBy: Keys.self)
      try inner.encode(list.count, forKey: .nothing)
    }

    private enum Keys: CodingKey {
      case nothing, list
    }
  }

  @Test func `properties are keys in their order, and what is absent has none`() throws {
    #expect(
      try NodeTests.words(Node(encoding: Whole()))
        == "{name: true, count: 3, isRed: false, share: 0.1, parts: [{side: 2}, "
        + "{side: 1e+300, kind: very wide}], sizes: [[1], []], bits: 255}")
  }

  @Test func `text stays text, numbers and flags are plain`() throws {
    let mapping = try #require(Node(encoding: Whole()).mapping)
    #expect(
      ["name", "count", "isRed", "share"].map { mapping[$0]?.scalar?.isText }
        == [true, false, false, false])
    #expect(
      ["name", "count", "isRed", "share"].map { mapping[$0]?.scalar?.isPlain }
        == [false, true, true, true])
  }

  @Test(arguments: [0.1, 1.0 / 3, -2.5e-8, 1e23, 1e-300, 100.0])
  func `a number keeps all its digits`(number: Double) throws {
    let text = try #require(Node(encoding: number).string)
    #expect(Double(text) == number)
    #expect(!text.hasSuffix(".0"))
  }

  @Test func `what is inherited, nested or nothing has its place`() throws {
    #expect(
      try NodeTests.words(Node(encoding: Derived()))
        == "{nothing: null, super: {first: 1}, list: [null, {nothing: 2}]}")
  }

  @Test func `nothing has a place`() throws {
    let node = try Node(encoding: Whole())
    #expect(node.mark == nil)
    #expect(node.mapping?["parts"]?.sequence?.first?.mark == nil)
  }
}
