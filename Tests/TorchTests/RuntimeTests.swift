import Testing
import Torch

@Suite("Runtime")
struct RuntimeTests {
  @Test("the processor is the device cpu")
  func processor() throws {
    #expect(try Device("cpu") == .cpu)
    #expect(Tensor.ones([1]).device == .cpu)
    #expect("\(Device.cuda(1))" == "cuda:1")
  }

  @Test(
    "another text is no device", arguments: ["", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:0:1"])
  func noDevice(_ text: String) {
    let message = "expected the device cpu, cuda or cuda:N, found \(text)"
    #expect(throws: TorchError(message)) { try Device(text) }
  }

  @Test("a CUDA device that is not there is refused")
  func absentDevice() {
    #expect(throws: TorchError.self) { try Device("cuda:999") }
  }

  @Test("the version is libtorch's")
  func version() {
    #expect(Runtime.version.split(separator: ".").count >= 3)
  }
}
