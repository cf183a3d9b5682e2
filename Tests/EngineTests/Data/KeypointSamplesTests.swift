import COCO
import Engine
import Testing
import Torch

@Suite("Samples with keypoints")
struct KeypointSamplesTests {
  private let box = Box.at(2, 2, 20, 20)

  private func samples(of set: DrawnSet) throws -> DetectionSamples {
    try DetectionSamples(
      set.dataset, folder: set.folder, keypoints: KeypointLayout(set.dataset))
  }

  @Test(
    arguments: [
      ("left_", "right_"),
      ("L-", "R-"), ("Left ", "Right "),
    ])
  func `left and right are recognised by the words in the names`(left: String, right: String) {
    let layout = KeypointLayout(names: ["nose", "\(left)claw", "\(right)claw", "leftover"])
    #expect(layout.count == 4)
    #expect(layout.mirrored == [0, 2, 1, 3])
  }

  @Test func `17 keypoints without names are COCO's, and others stay what they are`() {
    #expect(KeypointLayout(count: 17).mirrored == Augmentation.mirroredPersonKeypoints)
    #expect(KeypointLayout(count: 3).mirrored == [0, 1, 2])
  }

  @Test func `COCO's names give COCO's pairs`() {
    let sides = ["eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle"]
    let names = ["nose"] + sides.flatMap { ["left_\($0)", "right_\($0)"] }
    #expect(KeypointLayout(names: names) == KeypointLayout(count: 17))
  }

  @Test
  func `a set has as many keypoints as most of its objects, or as its category lists`() throws {
    let set = try DrawnSet()
    try set.add([])
    set.addAnnotation(1, box, keypoints: [3, 3, 2, 4, 4, 2])
    set.addAnnotation(1, box, keypoints: [3, 3, 2, 4, 4, 0])
    set.addAnnotation(1, box, keypoints: [3, 3, 2])
    #expect(try KeypointLayout(set.dataset).count == 2)
    var dataset = set.dataset
    dataset.categories[1].extra["keypoints"] = ["a", "b", "c"]
    #expect(try KeypointLayout(dataset).count == 3)
  }

  @Test
  func `a set without keypoints, and one whose categories have others, have no layout`() throws {
    let set = try DrawnSet()
    try set.add([(1, box)])
    #expect(throws: EngineError.self) { try KeypointLayout(set.dataset) }
    var dataset = set.dataset
    dataset.categories[0].extra["keypoints"] = ["left ear", "right ear"]
    dataset.categories[1].extra["keypoints"] = ["ear", "tail"]
    #expect(throws: EngineError.self) { try KeypointLayout(dataset) }
  }

  @Test
  func `an object without keypoints has none that is labelled, one with too few is left out`()
    throws
  {
    let set = try DrawnSet()
    try set.add([(1, box)])
    set.addAnnotation(2, box, keypoints: [3, 4, 2, 5, 6, 1])
    set.addAnnotation(1, box, keypoints: [3, 4, 2])
    set.addAnnotation(1, box, keypoints: [3, 4, 2, .nan, 6, 1])
    let target = try DetectionSamples(
      set.dataset, folder: set.folder, keypoints: KeypointLayout(count: 2)
    ).sample(at: 0).target
    #expect(target.labels.scalars(as: Int64.self) == [1, 2])
    #expect(target.keypoints?.dtype == .float32)
    #expect(
      target.keypoints?.scalars(as: Float.self) == [0, 0, 0, 0, 0, 0, 3, 4, 2, 5, 6, 1])
  }

  @Test func `a picture without objects has a target of no keypoints`() throws {
    let set = try DrawnSet()
    try set.add([])
    let samples = DetectionSamples(
      set.dataset, folder: set.folder, keypoints: KeypointLayout(count: 5))
    #expect(try samples.sample(at: 0).target.keypoints?.shape == [0, 5, 3])
  }

  @Test func `a loader mirrors keypoints as their names say`() throws {
    let set = try DrawnSet()
    try set.add([])
    set.addAnnotation(1, box, keypoints: [3, 4, 2, 5, 6, 1])
    let samples = DetectionSamples(
      set.dataset, folder: set.folder,
      keypoints: KeypointLayout(names: ["left ear", "right ear"]))
    let loader = Loader(
      samples, plan: BatchPlan(batchSize: 1), augmentation: Augmentation(horizontalFlip: 1))
    let batch = try #require(loader.batches(epoch: 0).next())
    #expect(batch.samples[0].keypoints?.scalars(as: Float.self) == [27, 6, 1, 29, 4, 2])
  }

  @Test
  func `pictures with fewer than ten visible keypoints are not trained on, as in torchvision`()
    throws
  {
    let set = try DrawnSet()
    let keypoints = { (visible: Int) in
      (0..<17).flatMap { [4, 4, $0 < visible ? 2 : 0] as [Double] }
    }
    for counts in [[17], [9], [5, 5], []] {
      try set.add([])
      for count in counts { set.addAnnotation(1, box, keypoints: keypoints(count)) }
    }
    let samples = try samples(of: set)
    #expect(samples.withVisibleKeypoints.imageIndices == [0, 2])
    #expect(set.samples.withVisibleKeypoints.count == 4)
  }

  @Test
  func `where objects have fewer than ten keypoints, those of one object are enough`() throws {
    let set = try DrawnSet()
    for visible in [2, 1] {
      try set.add([])
      set.addAnnotation(1, box, keypoints: [4, 4, 2, 5, 5, visible > 1 ? 1 : 0])
    }
    #expect(try samples(of: set).withVisibleKeypoints.imageIndices == [0])
  }
}
