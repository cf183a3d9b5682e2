import COCO
import Engine
import Files
import Testing

@Suite("Contract of targets")
struct TargetContractTests {
  private static let place = TargetPlace(
    image: Origin(file: 0, offset: 1), objects: [Origin(file: 0, offset: 2)])

  private func target(_ boxes: [Float], _ labels: [Int64], masks: [RunLengthMask]? = nil) -> Target
  {
    Target(
      boxes: boxes, labels: labels, imageID: 1, area: labels.map { _ in 1 },
      isCrowd: labels.map { _ in 0 }, masks: masks)
  }

  private func rules(_ target: Target, width: Int = 64, height: Int = 48) -> [String] {
    TargetContract(numClasses: 3, input: InputSize(minSize: 24, maxSize: 100))
      .findings(of: target, width: width, height: height, at: Self.place).map(\.rule)
  }

  @Test func `a sound target has no findings`() {
    #expect(rules(target([1, 2, 30, 40, 2, 2, 9, 9], [1, 2])) == [])
    #expect(rules(target([], [])) == [])
  }

  @Test(
    arguments: [
      ([.nan, 2, 30, 40], "non-finite-box"), ([1, 2, .infinity, 40], "non-finite-box"),
      ([30, 2, 10, 40], "inverted-box"), ([1, 2, 1, 40], "zero-area-box"),
      ([70, 2, 80, 40], "box-outside-image"), ([1, -9, 10, -2], "box-outside-image"),
      ([0.25, 0.25, 0.5, 0.75], "normalised-box"), ([10, 10, 10.001, 20], "tiny-box"),
      ([10, 10, 11.5, 20], "vanishes-when-resized"),
    ] as [([Float], String)])
  func `each faulty box is found once, by its gravest fault`(_ box: [Float], _ rule: String) {
    #expect(rules(target(box, [1])) == [rule])
  }

  @Test(
    arguments: [0, -1, 3, 90] as [Int64])
  func `labels of the background, below it, and above the classes are out of range`(_ label: Int64)
  {
    #expect(rules(target([1, 2, 30, 40], [label])) == ["label-out-of-range"])
  }

  @Test func `lists of another length than the boxes are found`() {
    #expect(
      rules(target([1, 2, 30, 40], [1, 2])) == [
        "count-mismatch", "count-mismatch",
        "count-mismatch",
      ])
    let mask = RunLengthMask(height: 48, width: 64, counts: [0, 48 * 64])
    #expect(
      rules(target([1, 2, 30, 40, 2, 2, 9, 9], [1, 1], masks: [mask])) == ["count-mismatch"])
  }

  @Test func `masks of another size, without pixels, or missing are found`() {
    let small = RunLengthMask(height: 4, width: 4, counts: [0, 16])
    #expect(rules(target([1, 2, 30, 40], [1], masks: [small])) == ["rle-size-mismatch"])
    let empty = RunLengthMask(height: 48, width: 64, counts: [48 * 64])
    #expect(rules(target([1, 2, 30, 40], [1], masks: [empty])) == ["empty-segmentation"])
    let findings = TargetContract(numClasses: 2, needsMasks: true)
      .findings(of: target([1, 2, 30, 40], [1]), width: 64, height: 48)
    #expect(findings.map(\.rule) == ["empty-segmentation"])
  }

  @Test func `the second of two equal boxes of one label is a duplicate`() {
    #expect(rules(target([1, 2, 30, 40, 1, 2, 30, 40], [1, 1])) == ["duplicate-box"])
    #expect(rules(target([1, 2, 30, 40, 1, 2, 30, 40], [1, 2])) == [])
  }

  @Test func `a picture of one pixel is too small`() {
    #expect(rules(target([], []), width: 1, height: 1) == ["tiny-image"])
  }

  @Test
  func `a finding stands at its object, or says the object's number where that has no place`() {
    let contract = TargetContract(numClasses: 3)
    let faulty = target([9, 2, 3, 40], [1])
    let placed = contract.findings(of: faulty, width: 64, height: 48, at: Self.place)
    #expect(placed.first?.origin == Origin(file: 0, offset: 2))
    let unplaced = contract.findings(
      of: faulty, width: 64, height: 48, at: TargetPlace(name: "target 3"))
    #expect(unplaced.first?.message.hasPrefix("target 3, box 0: ") == true)
  }
}
