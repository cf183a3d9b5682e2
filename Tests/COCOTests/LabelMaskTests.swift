import COCO
import Testing

@Suite("Masks from a label picture")
struct LabelMaskTests {
  /// Height, width and the number of values.
  static let sizes = [(1, 1, 2), (1, 40, 3), (40, 1, 3), (17, 33, 2), (17, 33, 9), (64, 50, 300)]

  /// Patches of values, from a fixed sequence of numbers.
  static func labels(height: Int, width: Int, values: Int) -> [UInt32] {
    var state: UInt64 = 7
    var labels = [UInt32](repeating: 0, count: height * width)
    for index in labels.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let repeats = index % width > 0 && state >> 60 < 11
      labels[index] =
        repeats ? labels[index - 1] : UInt32(state >> 33) % UInt32(values) * 70_001
    }
    return labels
  }

  @Test(arguments: sizes)
  func `the mask of one value is that of the pixels which have it`(
    height: Int, width: Int, values: Int
  ) {
    let labels = LabelMaskTests.labels(height: height, width: width, values: values)
    for value in Set(labels).union([5]) {
      let pixels = labels.map { $0 == value ? UInt8(1) : 0 }
      #expect(
        RunLengthMask(labels: labels, width: width, height: height, value: value)
          == RunLengthMask(pixels: pixels, height: height, width: width))
    }
  }

  @Test(arguments: sizes)
  func `one pass gives every value but 0, sorted, with its own mask`(
    height: Int, width: Int, values: Int
  ) {
    let labels = LabelMaskTests.labels(height: height, width: width, values: values)
    let found = RunLengthMask.masks(ofLabels: labels, width: width, height: height)
    #expect(found.map(\.value) == Set(labels).subtracting([0]).sorted())
    for (value, mask) in found {
      #expect(
        mask == RunLengthMask(labels: labels, width: width, height: height, value: value))
    }
  }

  @Test func `a picture without pixels has no masks`() {
    #expect(RunLengthMask.masks(ofLabels: [], width: 4, height: 0).isEmpty)
  }
}
