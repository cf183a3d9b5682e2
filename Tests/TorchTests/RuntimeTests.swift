import Testing
import Torch

@Suite("Runtime")
struct RuntimeTests {
  @Test func `the processor is the device cpu`() throws {
    #expect(try Device("cpu") == .cpu)
    #expect(Tensor.ones([1]).device == .cpu)
    #expect("\(Device.cuda(1))" == "cuda:1")
  }

  @Test(
    arguments: ["", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:0:1"])
  func `another text is no device`(_ text: String) {
    let message = "expected the device cpu, cuda or cuda:N, found \(text)"
    #expect(throws: TorchError(message)) { try Device(text) }
  }

  @Test func `a CUDA device that is not there is refused`() {
    #expect(throws: TorchError.self) { try Device("cuda:999") }
  }

  @Test func `the version is libtorch's`() {
    #expect(Runtime.version.split(separator: ".").count >= 3)
  }
}
