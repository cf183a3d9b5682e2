import Foundation
import TestSupport
import Testing
import Torch

@Suite("copra forward", .serialized)
struct ForwardTests {
  /// torchvision's figures of resnet18 from the seed 0: sum, norm, mean and entries of the output.
  private struct Reference: Decodable {
    struct Input: Decodable {
      let seed: UInt64
      let shape: [Int]
    }

    let input: Input
    let evaluation: [Double]
  }

  private func workspace() throws -> (TemporaryFolder, Reference) {
    let path = Engine.fixture("DetectionModelsTests/Fixtures/zoo/resnet18.json")
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let reference = try JSONDecoder().decode(Reference.self, from: data)
    let folder = try TemporaryFolder()
    Runtime.seed(reference.input.seed)
    try Engine.write(.rand(reference.input.shape), to: folder.path("x.safetensors"))
    return (folder, reference)
  }

  @Test func `weights drawn from a seed give torchvision's output`() throws {
    let (folder, reference) = try workspace()
    let ending = try Engine.run(
      "forward resnet18 --input x.safetensors -o y.safetensors", in: folder)
    #expect(ending.status == 0)
    #expect(ending.messages == "wrote y.safetensors: 1 tensor\n")
    let stored = try StoredState(contentsOf: folder.path("y.safetensors"))
    let output = Tensor(try #require(stored["output"])).to(.float64)
    #expect(output.shape == [2, 1000])
    #expect(abs(output.sum().item() / reference.evaluation[0] - 1) < 1e-4)
    #expect(abs(output.norm().item() / reference.evaluation[1] - 1) < 1e-5)
  }

  @Test
  func `training writes the output, every buffer, and a gradient for every parameter`() throws {
    let (folder, _) = try workspace()
    let line = "forward resnet18 --input x.safetensors -o y.safetensors --train"
    #expect(try Engine.run("\(line) --gradients g.safetensors", in: folder).status == 0)
    let made = try StoredState(contentsOf: folder.path("y.safetensors"))
    #expect(made.entries.count == 1 + 3 * 20)
    #expect(made["bn1.num_batches_tracked"].map { Tensor($0).itemInt() } == 1)
    let gradients = try StoredState(contentsOf: folder.path("g.safetensors"))
    #expect(gradients.entries.count == 62)
    let bias = Tensor(try #require(gradients["fc.bias"])).to(.float64)
    // Of 2,000 numbers from -1 to 1 the first class has the first one and the thousand-and-first.
    #expect(bias.shape == [1000])
    #expect(abs(bias[0].item() + 999.0 / 1999 / 1000) < 1e-9)
  }

  @Test
  func `a state of torchvision loads, from either kind of file, and gives the same output`() throws
  {
    let (folder, _) = try workspace()
    let line = "forward mobilenet_v3_small --input x.safetensors --classes 5"
    #expect(try Engine.run("\(line) --seed 7 -o drawn.safetensors", in: folder).status == 0)
    let other = try Engine.run("\(line) --seed 8 -o other.safetensors", in: folder)
    #expect(other.status == 0)
    #expect(try folder.bytes("drawn.safetensors") != folder.bytes("other.safetensors"))
  }

  @Test func `float64 in gives float64 out`() throws {
    let folder = try TemporaryFolder()
    try Engine.write(.rand([1, 3, 32, 32]).to(.float64), to: folder.path("x.safetensors"))
    let line = "forward resnet18 --input x.safetensors -o y.safetensors"
    #expect(try Engine.run(line, in: folder).status == 0)
    let stored = try StoredState(contentsOf: folder.path("y.safetensors"))
    #expect(stored["output"]?.dtype == .float64)
  }

  @Test func `what exists is not overwritten without --force, and an input never`() throws {
    let (folder, _) = try workspace()
    try folder.write("old", to: "y.safetensors")
    let line = "forward resnet18 --input x.safetensors"
    let kept = try Engine.run("\(line) -o y.safetensors", in: folder)
    #expect(kept.status == 2)
    #expect(try folder.text("y.safetensors") == "old")
    let input = try Engine.run("\(line) -o x.safetensors --force", in: folder)
    #expect(
      input.messages == "error: x.safetensors is an input; copra does not overwrite its inputs\n"
    )
  }
}
