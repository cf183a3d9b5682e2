import COCO
import Engine
import Files
import Testing
import Torch

@Suite("Contract of keypoints")
struct KeypointContractTests {
  @Test func `each fault of a list is found at its annotation`() async throws {
    let set = try DrawnSet()
    try set.add([])
    let box = Box.at(2, 2, 20, 20)
    set.addAnnotation(1, box, keypoints: [3, 4, 2, 5, 6, 1])
    set.addAnnotation(2, box, keypoints: [3, 4, 2])
    set.addAnnotation(2, .at(3, 2, 20, 20), keypoints: [3, 4, 2, .infinity, 6, 1])
    set.addAnnotation(2, .at(4, 2, 20, 20), keypoints: [3, 400, 2, 5, 6, 1])
    set.addAnnotation(2, .at(5, 2, 20, 20), keypoints: [3, 400, 0, 5, 6, 1])
    let samples = DetectionSamples(
      set.dataset, folder: set.folder, keypoints: KeypointLayout(count: 2))
    let findings = await SampleContract(samples).findings()
    #expect(
      findings.map(\.rule) == [
        "keypoints-wrong-length", "non-finite-value", "keypoint-outside-image",
      ])
    #expect(findings.map { $0.origin?.offset } == [1002, 1003, 1004])
    #expect(findings.map(\.severity) == [.error, .error, .warning])
  }

  @Test func `a detector without keypoints asks nothing of them`() async throws {
    let set = try DrawnSet()
    try set.add([])
    set.addAnnotation(1, .at(2, 2, 20, 20), keypoints: [3, 400, 2, 5])
    #expect(await SampleContract(set.samples).findings() == [])
  }

  @Test(
    arguments: [
      (Tensor([3, 4, 2, 5, 6, 1] as [Float], shape: [1, 2, 3]), []),
      (nil, ["wrong-shape"]),
      (.zeros([1, 3, 3]), ["wrong-shape"]),
      (.zeros([1, 6]), ["wrong-shape"]),
      (.zeros([1, 2, 3], dtype: .float64), ["wrong-dtype"]),
      (.zeros([2, 2, 3]), ["count-mismatch"]),
      (.full([1, 2, 3], .nan), ["non-finite-value"]),
      (.full([1, 2, 3], 20), ["keypoint-outside-image"]),
    ] as [(Tensor?, [String])])
  func `keypoints of another shape or type, or outside of the picture, are found in tensors`(
    keypoints: Tensor?, rules: [String]
  ) {
    let target = TargetTensors(
      boxes: Tensor([1, 1, 6, 6] as [Float], shape: [1, 4]), labels: Tensor([1] as [Int64]),
      keypoints: keypoints)
    let findings = TargetContract(numClasses: 2, numKeypoints: 2)
      .findings(images: [Tensor.full([3, 8, 8], 0.5)], targets: [target])
    #expect(findings.map(\.rule) == rules)
  }
}
