import Testing

@testable import Torch

@Suite struct StateDifferenceTests {
  private static let model = [
    KeyedShape("conv.weight", [8, 3, 3, 3]), KeyedShape("fc.weight", [10, 8]),
    KeyedShape("fc.bias", [10]),
  ]

  @Test func `the same keys and shapes differ in nothing`() {
    let difference = StateDifference(expected: Self.model, found: Self.model.reversed())
    #expect(difference.isEmpty)
  }

  @Test func `no difference has no words`() {
    #expect(StateDifference(expected: Self.model, found: Self.model).description.isEmpty)
  }

  @Test func `each kind is listed by name`() {
    let found = [
      KeyedShape("head.weight", [2, 8]), KeyedShape("conv.weight", [8, 1, 3, 3]),
      KeyedShape("fc.bias", [10]),
    ]
    let difference = StateDifference(expected: Self.model, found: found)
    #expect(difference.missing == [KeyedShape("fc.weight", [10, 8])])
    #expect(difference.unexpected == [KeyedShape("head.weight", [2, 8])])
    #expect(
      difference.misshapen == [
        .init(key: "conv.weight", expected: [8, 3, 3, 3], found: [8, 1, 3, 3])
      ])
  }

  @Test func `the words name keys and shapes`() {
    let found = [KeyedShape("conv.weight", [8, 1, 3, 3]), KeyedShape("extra", [])]
    let difference = StateDifference(expected: Self.model, found: found)
    #expect(
      difference.description == """
        2 missing keys: fc.weight [10, 8], fc.bias [10]
        1 unexpected key: extra []
        1 misshapen key: conv.weight expected [8, 3, 3, 3], found [8, 1, 3, 3]
        """)
  }

  @Test func `ten of many are listed`() {
    let many = (1...12).map { KeyedShape("k\($0)", [1]) }
    let difference = StateDifference(expected: many, found: [])
    #expect(
      difference.description
        == "12 missing keys: k1 [1], k2 [1], k3 [1], k4 [1], k5 [1], k6 [1], k7 [1], k8 [1],"
        + " k9 [1], k10 [1] and 2 more")
  }
}
