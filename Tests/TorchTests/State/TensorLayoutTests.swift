import Testing

@testable import Torch

@Suite struct TensorLayoutTests {
  @Test(
    arguments: [
      ([2, 3], [3, 1], true), ([2, 3], [1, 2], false), ([2, 3], [6, 2], false),
      ([1, 3], [7, 1], true), ([3, 1], [1, 9], true), ([0, 3], [9, 9], true), ([], [], true),
    ])
  func `only strides of sides above one decide contiguity`(
    _ shape: [Int], _ strides: [Int], _ isContiguous: Bool
  ) throws {
    let layout = try TensorLayout(shape: shape, strides: strides, path: "state.pth", key: "a")
    #expect(layout.isContiguous == isContiguous)
  }

  @Test(
    arguments: [
      ([2, 3], [3, 1], 6), ([2, 3], [10, 2], 15), ([4], [0], 1), ([0, 3], [3, 1], 0),
    ])
  func `the reach is that of the last element`(_ shape: [Int], _ strides: [Int], _ reach: Int)
    throws
  {
    let layout = try TensorLayout(shape: shape, strides: strides, path: "state.pth", key: "a")
    #expect(layout.reach == reach)
  }
}
