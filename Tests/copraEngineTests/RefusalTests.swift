import Foundation
import TestSupport
import Testing
import Torch

@Suite("What the engine refuses", .serialized)
struct RefusalTests {
  /// What keeps `forward` from running, and what is said of it.
  struct Fault: Sendable, CustomTestStringConvertible {
    let line: String
    let words: [String]
    var testDescription: String { line }

    init(_ line: String, _ words: String...) {
      self.line = line
      self.words = words
    }
  }

  static let faults = [
    Fault("resnet19 --input x.safetensors", "\"resnet19\"; did you mean resnet18?"),
    Fault("retinanet_resnet50_fpm --input x.safetensors", "did you mean retinanet_resnet50_fpn?"),
    Fault("frobnicate --input x.safetensors", "no model is called", "copra models"),
    Fault("resnet18 --input flat.safetensors", "[N, 3, H, W]", "found float32 of [3, 8, 8]"),
    Fault("resnet18 --input whole.safetensors", "float32 or float64", "found int64"),
    Fault("r3d_18 --input x.safetensors", "[N, 3, T, H, W]", "found float32 of [1, 3, 32, 32]"),
    Fault("resnet18 --input named.safetensors", "expected a tensor \"input\"", "pictures"),
    Fault("resnet18 --input absent.safetensors", "absent.safetensors", "no such file"),
    Fault("resnet18 --input cut.safetensors", "cut.safetensors", "bytes"),
    Fault("resnet18 --input huge.safetensors", "huge.safetensors", "1152921504606846976"),
    Fault("resnet18 --input x.safetensors --weights foreign.pth", "posix.system"),
    Fault("resnet18 --input x.safetensors --weights x.safetensors", "missing keys", "input"),
    Fault(
      "resnet18 --input x.safetensors --weights resnet18-f37072fd.pth", "checkpoints",
      "download.pytorch.org/models/resnet18-f37072fd.pth"),
    Fault("resnet18 --input x.safetensors --device cuda:99", "no CUDA device"),
    Fault("resnet18 --input x.safetensors --device tpu", "expected the device cpu, cuda or cuda:N"),
    Fault("resnet18 --input x.safetensors --gradients g.safetensors", "--train"),
    Fault("resnet18 --input x.safetensors --threads 0", "--threads takes a number of 1 or more"),
    Fault("resnet18 --input x.safetensors --dropout 2", "--dropout takes a probability"),
    Fault("resnet18 --input x.safetensors --train", "more than 1 value per channel"),
  ]

  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Engine.write(.ones([1, 3, 32, 32]), to: folder.path("x.safetensors"))
    try Engine.write(.ones([3, 8, 8]), to: folder.path("flat.safetensors"))
    try Engine.write(.ones([1, 3, 8, 8]).to(.int64), to: folder.path("whole.safetensors"))
    try Engine.write(.ones([1]), as: "pictures", to: folder.path("named.safetensors"))
    try folder.write(Array(folder.bytes("x.safetensors").dropLast(8)), to: "cut.safetensors")
    try folder.write([0, 0, 0, 0, 0, 0, 0, 16] + Array("{}".utf8), to: "huge.safetensors")
    try folder.copy(
      Engine.fixture("TorchTests/State/Fixtures/posix-system.pth"), to: "foreign.pth")
    return folder
  }

  @Test(arguments: faults)
  func `a fault ends with 2, is said in words, and writes nothing`(fault: Fault) throws {
    let folder = try workspace()
    let ending = try Engine.run(
      "forward \(fault.line) -o y.safetensors", in: folder,
      environment: ["TORCH_HOME": folder.path("cache")])
    #expect(ending.status == 2)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.hasPrefix("error: "))
    for words in fault.words { #expect(ending.messages.contains(words)) }
    #expect(!folder.exists("y.safetensors"))
  }
}
