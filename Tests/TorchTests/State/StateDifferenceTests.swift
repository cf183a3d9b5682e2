import Testing

@testable import Torch

@Suite struct StateDifferenceTests {
  private static let model = [
    KeyedShape("conv.weight", [8, 3, 3, 3]), KeyedShape("fc.weight", [10, 8]),
    KeyedShape("fc.bias", [10]),
  ]

  @Test func theSameKeysAndShapesDifferInNothing() {
    let difference = StateDifference(expected: Self.model, found: Self.model.reversed())
    #expect(difference.isEmpty)
  }

  @Test func noDifferenceHasNoWords() {
    #expect(StateDifference(expected: Self.model, found: Self.model).description.isEmpty)
  }

  @Test func eachKindIsListedByName() {
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

  @Test func theWordsNameKeysAndShapes() {
    let found = [KeyedShape("conv.weight", [8, 1, 3, 3]), KeyedShape("extra", [])]
    let difference = StateDifference(expected: Self.model, found: found)
    #expect(
      difference.description == """
        2 missing keys: fc.weight [10, 8], fc.bias [10]
        1 unexpected key: extra []
        1 misshapen key: conv.weight expected [8, 3, 3, 3], found [8, 1, 3, 3]
        """)
  }

  @Test func tenOfManyAreListed() {
    let many = (1...12).map { KeyedShape("k\($0)", [1]) }
    let difference = StateDifference(expected: many, found: [])
    #expect(
      difference.description
        == "12 missing keys: k1 [1], k2 [1], k3 [1], k4 [1], k5 [1], k6 [1], k7 [1], k8 [1],"
        + " k9 [1], k10 [1] and 2 more")
  }
}
