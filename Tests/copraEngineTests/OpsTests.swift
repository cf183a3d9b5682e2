import TestSupport
import Testing
import Torch

@Suite("copra ops", .serialized)
struct OpsTests {
  private static let boxes = Tensor(
    [0, 0, 4, 4, 0, 0, 4, 3, 8, 8, 9, 9] as [Float], shape: [3, 4])

  private func workspace(_ tensors: [NamedTensor]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SafetensorsWriter.write(tensors, to: folder.path("x.safetensors"))
    return folder
  }

  private func output(_ line: String, of tensors: [NamedTensor]) throws -> StoredTensor {
    let folder = try workspace(tensors)
    let ending = try Engine.run("ops \(line) x.safetensors -o y.safetensors", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    return try #require(try StoredState(contentsOf: folder.path("y.safetensors"))["output"])
  }

  @Test func `nms writes the indices of the boxes that stay`() throws {
    let kept = try output(
      "nms --iou-threshold 0.5",
      of: [
        NamedTensor("boxes", Self.boxes),
        NamedTensor("scores", Tensor([0.1, 0.9, 0.5] as [Float])),
      ])
    #expect(Tensor(kept).scalars() == [1, 2])
  }

  @Test func `batched_nms goes by the classes in idxs`() throws {
    let kept = try output(
      "batched_nms --iou-threshold 0.5",
      of: [
        NamedTensor("boxes", Self.boxes),
        NamedTensor("scores", Tensor([0.1, 0.9, 0.5] as [Float])),
        NamedTensor("idxs", Tensor([7, 8, 7])),
      ])
    #expect(Tensor(kept).scalars() == [1, 2, 0])
  }

  @Test func `boxes of each picture are the regions that have its index before them`() throws {
    let input = NamedTensor("input", .arange(32, dtype: .float32).reshaped([2, 1, 4, 4]))
    let regions = Tensor([0, 0, 0, 2, 2, 1, 1, 1, 3, 3] as [Float], shape: [2, 5])
    let line = "roi_align --output-size 2,1 --spatial-scale 0.5 --sampling-ratio 2 --aligned"
    let whole = try output(line, of: [input, NamedTensor("rois", regions)])
    #expect(whole.shape == [2, 1, 2, 1])
    let listed = try output(
      line,
      of: [
        input, NamedTensor("boxes.0", regions[0..<1, 1...].contiguous()),
        NamedTensor("boxes.1", regions[1..<2, 1...].contiguous()),
      ])
    #expect(Tensor(listed).scalars(as: Float.self) == Tensor(whole).scalars())
  }

  @Test func `--gradients writes that of the input, of its shape`() throws {
    let folder = try workspace([
      NamedTensor("input", .ones([1, 2, 4, 4])),
      NamedTensor("boxes", Tensor([0, 0, 0, 3, 3] as [Float], shape: [1, 5])),
    ])
    let ending = try Engine.run(
      "ops roi_pool x.safetensors -o y.safetensors --output-size 2 --gradients g.safetensors",
      in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let state = try StoredState(contentsOf: folder.path("g.safetensors"))
    #expect(state["input"]?.shape == [1, 2, 4, 4])
  }

  @Test func `box_iou takes boxes of whole numbers`() throws {
    let boxes = Self.boxes.to(.int32)
    let overlaps = try output(
      "box_iou", of: [NamedTensor("boxes1", boxes), NamedTensor("boxes2", boxes[0..<1])])
    #expect(Tensor(overlaps).scalars(as: Float.self) == [1, 0.75, 0])
  }

  /// A line, the tensors of its file, and what is said.
  struct Fault: Sendable, CustomTestStringConvertible {
    let line: String
    let tensors: [NamedTensor]
    let words: String
    var testDescription: String { words }

    init(_ line: String, _ words: String, _ tensors: KeyValuePairs<String, Tensor>) {
      self.line = line
      self.words = words
      self.tensors = tensors.map { NamedTensor($0.key, $0.value) }
    }
  }

  private static let align = "roi_align --output-size 7"

  static let faults = [
    Fault("nms --iou-threshold 0.5", "'boxes': expected float32, float64", ["scores": .ones([3])]),
    Fault(
      "nms --iou-threshold 0.5", "'scores': expected float32 of [3], found float32 of [2]",
      ["boxes": boxes, "scores": .ones([2])]),
    Fault(
      "nms --iou-threshold 0.5", "'boxes': expected finite coordinates, found [0.0, nan, 1.0, 1.0]",
      ["boxes": Tensor([0, .nan, 1, 1] as [Float], shape: [1, 4]), "scores": .ones([1])]),
    Fault(
      "box_iou", "'boxes2': expected finite coordinates, found [0.0, 0.0, inf, 1.0] in row 0",
      ["boxes1": boxes, "boxes2": Tensor([0, 0, .infinity, 1] as [Float], shape: [1, 4])]),
    Fault(
      align, "'boxes': expected the index of one of 1 images first, found 1.0 in row 0",
      ["input": .ones([1, 1, 4, 4]), "boxes": .ones([1, 5])]),
    Fault(
      align, "'boxes': expected finite coordinates",
      [
        "input": .ones([1, 1, 4, 4]),
        "boxes": Tensor([0, 0, 0, .infinity, 4] as [Float], shape: [1, 5]),
      ]),
    Fault(
      align, "'boxes': expected float32 of [K, 5], found float64 of [1, 5]",
      ["input": .ones([1, 1, 4, 4]), "boxes": .zeros([1, 5], dtype: .float64)]),
    Fault(
      align,
      "'input': expected float32, float64, float16, bfloat16 of [N, C, H, W], none of them 0",
      ["input": .ones([1, 0, 4, 4]), "boxes": .zeros([1, 5])]),
    Fault("nms", "nms requires --iou-threshold", [:]),
    Fault("roi_pool", "roi_pool requires --output-size", [:]),
    Fault("box_iou --aligned", "box_iou has no option --aligned", [:]),
    Fault("roi_pool --output-size 0", "--output-size", [:]),
    Fault("deform_conv2d", "deform_conv2d", [:]),
    Fault("box_iou --device cuda:99", "CUDA", ["boxes1": boxes, "boxes2": boxes]),
  ]

  @Test(arguments: faults)
  func `what an operator cannot take ends with 2 and is said`(fault: Fault) throws {
    let folder = try workspace(fault.tensors)
    let ending = try Engine.run("ops \(fault.line) x.safetensors -o y.safetensors", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(fault.words), "\(ending.messages)")
    #expect(!folder.exists("y.safetensors"))
  }
}
