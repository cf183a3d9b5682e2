import Testing
import Torch

@testable import DetectionModels

@Suite("KeypointHeatmaps")
struct KeypointHeatmapsTests {
  struct Peaks: Decodable {
    let side: Int
    let boxes: [[Float]]
    let maps: [[Float]]
    let keypoints: [[Float]]
    let scores: [[Float]]
  }

  struct Places: Decodable {
    let side: Int
    let boxes: [[Float]]
    let keypoints: [[Float]]
    let indices: [[Int]]
    let valid: [[Int]]
  }

  @Test(
    arguments: [DType.float32, .float64])
  func `the highest points of maps are torchvision's keypoints, in boxes of any size`(type: DType)
    throws
  {
    let figures = try readPart("heatmap_keypoints", as: Peaks.self)
    let boxes = Tensor(rows: figures.boxes)
    let maps = Tensor(rows: figures.maps)
      .reshaped([boxes.size(0), -1, figures.side, figures.side])
    let found = KeypointHeatmaps.keypoints(of: maps.to(type), in: boxes.to(type))
    #expect(found.places.dtype == .float32)
    #expect(found.scores.dtype == .float32)
    expectClose(found.places, Tensor(rows: figures.keypoints).reshaped(found.places.shape))
    expectClose(found.scores, Tensor(rows: figures.scores))
  }

  @Test func `no box has no keypoints, and their number stays`() {
    let found = KeypointHeatmaps.keypoints(of: .zeros([0, 5, 56, 56]), in: .zeros([0, 4]))
    #expect(found.places.shape == [0, 5, 3])
    #expect(found.scores.shape == [0, 5])
  }

  @Test func `keypoints in a box, on its edges and beyond them have torchvision's places`() throws {
    let figures = try readPart("keypoint_places", as: Places.self)
    let boxes = Tensor(rows: figures.boxes)
    let keypoints = Tensor(rows: figures.keypoints).unsqueezed(0)
      .expanded([boxes.size(0), -1, -1])
    let found = KeypointHeatmaps.places(of: keypoints, in: boxes, side: figures.side)
    #expect(found.indices.scalars(as: Int.self) == figures.indices.flatMap { $0 })
    #expect(found.isThere.to(.int64).scalars(as: Int.self) == figures.valid.flatMap { $0 })
  }

  @Test func `a size of no pixel, and sizes of other regions, trap`() async {
    await #expect(processExitsWith: .failure) {
      _ = resizedPeaks(.zeros([1, 1, 4, 4]), heights: Tensor([0]), widths: Tensor([3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = resizedPeaks(.zeros([2, 1, 4, 4]), heights: Tensor([3]), widths: Tensor([3]))
    }
  }
}
