import DetectionModels
import Foundation
import TestSupport
import Testing
import Torch

@Suite("copra classify", .serialized)
struct ClassifyTests {
  /// Pictures, and weights of a model of three classes whose bias alone decides: the second class.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["wide.png", "lossy.jpg"] {
      try folder.copy(
        Engine.fixture("DetectionModelsTests/Fixtures/classification/\(name)"), to: name)
    }
    try folder.write("cat\ndog\n\nheron\n", to: "names.txt")
    try folder.write("no picture", to: "text.png")
    try SafetensorsWriter.write(weights(), to: folder.path("w.safetensors"))
    return folder
  }

  private func weights() throws -> [NamedTensor] {
    let model = try #require(ModelZoo.model(named: "resnet18"))
    return withoutDraws { model.make(numClasses: 3) }.state.map { entry in
      let isDecisive = entry.key == "fc.bias"
      return NamedTensor(
        entry.key,
        isDecisive
          ? Tensor([0, 5, 1] as [Float]) : .zeros(entry.tensor.shape, dtype: entry.tensor.dtype))
    }
  }

  private let command = "classify resnet18 --weights w.safetensors --classes names.txt"

  @Test func `the likeliest classes come first, with names and probabilities`() throws {
    let ending = try Engine.run("\(command) wide.png lossy.jpg --top 2", in: workspace())
    #expect(ending.status == 0)
    let one = "  97.6 %  dog\n   1.8 %  heron\n"
    #expect(ending.results == "wide.png\n\(one)\nlossy.jpg\n\(one)")
  }

  @Test func `a picture that cannot be read is a finding, and the others go on`() throws {
    let ending = try Engine.run(
      "\(command) absent.png text.png wide.png --format jsonl --top 1", in: workspace())
    #expect(ending.status == 1)
    let line = #"{"image":"wide.png","classes":[{"index":1,"name":"dog","probability":0.97"#
    #expect(ending.results.hasPrefix(line))
    #expect(ending.results.split(separator: "\n").count == 1)
    let absent = "absent.png:1:1: error: no such file [missing-image-file]"
    #expect(ending.messages.contains(absent))
    #expect(ending.messages.contains("text.png:1:1: error: expected a JPEG, PNG"))
  }

  @Test func `the JSON list holds an object for each picture`() throws {
    let ending = try Engine.run("\(command) wide.png lossy.jpg --format json", in: workspace())
    let list = try JSONSerialization.jsonObject(with: Data(ending.results.utf8))
    let images = (list as? [[String: Any]])?.compactMap { $0["image"] as? String }
    #expect(images == ["wide.png", "lossy.jpg"])
  }

  @Test func `names of another number than the model's classes are refused`() throws {
    let folder = try workspace()
    try folder.write("cat\ndog\n", to: "names.txt")
    let ending = try Engine.run("\(command) wide.png", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("fc.weight expected [2, 512], found [3, 512]"))
  }

  @Test func `a model of clips is refused`() throws {
    let ending = try Engine.run("classify r3d_18 a.png --weights w.pth", in: TemporaryFolder())
    #expect(ending.messages == "error: r3d_18 takes clips; expected a model of images\n")
  }

  @Test func `a detector is refused, with the verb that runs it`() throws {
    let ending = try Engine.run(
      "classify retinanet_resnet50_fpn a.png --weights w.pth", in: TemporaryFolder())
    #expect(
      ending.messages
        == "error: expected a classification model, found the detector retinanet_resnet50_fpn"
        + " (copra predict runs it)\n")
  }

  @Test func `a closed pipe ends quietly`() throws {
    let folder = try TemporaryFolder()
    let line = """
      (sleep 0.1; '\(Engine.path)' models 2> messages; echo $? > status) | true
      while [ ! -s status ]; do sleep 0.02; done
      """
    _ = try Child("/bin/bash", ["-c", line], in: folder).wait()
    #expect(try folder.text("status") == "0\n")
    #expect(try folder.text("messages").isEmpty)
  }
}
