import Foundation
import TestSupport
import Testing
import Torch

@testable import Torch

@Suite("Checksums and numbers of files of weights")
struct PublishedChecksumTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ name: String, _ text: String) throws -> String {
    try folder.write(text, to: name)
  }

  // The SHA-256 of "abc" stands in FIPS 180-2, appendix B.1.
  @Test func `a file whose SHA-256 begins as its name says is beyond doubt`() throws {
    #expect(try PublishedChecksum.doubt(of: file("model-ba7816bf.pth", "abc")) == nil)
    #expect(try PublishedChecksum.doubt(of: file("model.pth", "abd")) == nil)
    #expect(try PublishedChecksum.doubt(of: file("model-ba7816bf.safetensors", "abd")) == nil)
  }

  @Test func `another file under that name is doubted, with both sums`() throws {
    let path = try file("model-ba7816bf.pth", "abd")
    let doubt = try #require(try PublishedChecksum.doubt(of: path))
    #expect(doubt.contains("begins with ba7816bf, found a52d159f"), "\(doubt)")
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `NaN and infinity are found, with the keys`(value: Float) throws {
    let path = folder.path("w.safetensors")
    try SafetensorsWriter.write(
      [
        NamedTensor("weight", Tensor([1, value, 2] as [Float], shape: [3, 1])),
        NamedTensor("bias", Tensor.zeros([3])),
        NamedTensor("other", Tensor([value] as [Float])),
      ], to: path)
    let layer = Linear(1, 3)
    let error = #expect(throws: StateError.self) {
      try layer.load(StoredState(contentsOf: path), from: path) { $0 != "other" }
    }
    #expect(error?.message == "expected finite numbers, found NaN or infinity in 'weight'")
    #expect(layer.weight.isAllFinite && layer.bias?.amax().item() != 0)
    // What is not taken over may be anything: published files have NaN for what they lack.
    try layer.load(StoredState(contentsOf: path), from: path) { $0 == "bias" }
  }

  @Test func `prefixes are left out that all keys have`() throws {
    let path = folder.path("w.safetensors")
    let layer = Linear(2, 3)
    try SafetensorsWriter.write(
      layer.state.map { NamedTensor("module.model." + $0.key, $0.tensor) }, to: path)
    let other = Linear(2, 3)
    try other.load(contentsOf: path)
    #expect((other.weight .== layer.weight).all().item() == 1)
    try SafetensorsWriter.write(
      [NamedTensor("module.weight", layer.weight), NamedTensor("extra", layer.weight)], to: path)
    #expect(
      try StoredState(contentsOf: path).unwrapped.entries.map(\.key) == ["module.weight", "extra"])
  }
}
