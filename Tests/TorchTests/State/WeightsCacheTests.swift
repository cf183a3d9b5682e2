import Foundation
import TestSupport
import Testing

@testable import Torch

@Suite struct WeightsCacheTests {
  @Test(
    arguments: [
      (["TORCH_HOME": "/t", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/t/hub/checkpoints"),
      (["XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/torch/hub/checkpoints"),
      (["HOME": "/h"], "/h/.cache/torch/hub/checkpoints"),
      (["TORCH_HOME": "", "XDG_CACHE_HOME": "", "HOME": "/h"], "/h/.cache/torch/hub/checkpoints"),
      (["TORCH_HOME": "~/t", "HOME": "/h"], "/h/t/hub/checkpoints"),
      ([:], nil),
    ])
  func `the folder is that of torch hub`(_ environment: [String: String], _ folder: String?) {
    #expect(WeightsCache(environment: environment).folder == folder)
  }

  @Test func `a name is found in the cache`() throws {
    let folder = try TemporaryFolder()
    let cache = WeightsCache(environment: ["TORCH_HOME": folder.path])
    let checkpoints = try #require(cache.folder)
    try FileManager.default.createDirectory(
      atPath: checkpoints, withIntermediateDirectories: true)
    let path = try folder.write([1], to: "hub/checkpoints/resnet18-f37072fd.pth")
    #expect(try cache.path(of: "resnet18-f37072fd.pth") == path)
  }

  @Test func `a file that exists is taken as it is`() throws {
    let path = fixtures.path("small.pth")
    #expect(try WeightsCache(environment: [:]).path(of: path) == path)
  }

  @Test func `a folder is no weights file`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StateError(folder.path, "no such file")) {
      try WeightsCache(environment: [:]).path(of: folder.path)
    }
  }

  @Test func `a missing files place and publisher are named`() throws {
    let cache = WeightsCache(environment: ["TORCH_HOME": "/none"])
    let expected = StateError(
      "/none/hub/checkpoints/resnet18-f37072fd.pth",
      "no such file: it is published at https://download.pytorch.org/models/resnet18-f37072fd.pth")
    #expect(throws: expected) { try cache.path(of: "resnet18-f37072fd.pth") }
  }

  @Test(arguments: ["mine.safetensors", "f37072fd.pth", "mine-F37072FD.pth", "mine-f37072f.pth"])
  func `a name of ones own is published nowhere`(_ name: String) {
    let cache = WeightsCache(environment: ["TORCH_HOME": "/none"])
    #expect(throws: StateError("/none/hub/checkpoints/\(name)", "no such file")) {
      try cache.path(of: name)
    }
  }

  @Test func `a missing path is not looked up in the cache`() {
    let cache = WeightsCache(environment: ["TORCH_HOME": "/none"])
    #expect(throws: StateError("./resnet18-f37072fd.pth", "no such file")) {
      try cache.path(of: "./resnet18-f37072fd.pth")
    }
  }

  @Test func `without a home the variables are named`() {
    let expected = StateError(
      "resnet18-f37072fd.pth",
      "no such file, and expected TORCH_HOME, XDG_CACHE_HOME or HOME to be set")
    #expect(throws: expected) {
      try WeightsCache(environment: [:]).path(of: "resnet18-f37072fd.pth")
    }
  }
}
