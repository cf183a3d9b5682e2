import DetectionModels
import Testing

@Suite("Parts that do not fit each other")
struct ModelConfigurationTests {
  @Test(
    arguments: Misfit.anchors + Misfit.heads + Misfit.options + Misfit.backbones)
  func `are refused, and what was expected and what stood there is told`(_ misfit: Misfit) {
    let error = #expect(throws: ModelConfigurationError.self) { try misfit.make() }
    #expect(error?.description == misfit.message)
  }

  @Test func `parts that fit are not refused`() throws {
    try Misfit("none", "") {
      try Misfit.fasterRCNN()
      try Misfit.maskRCNN()
      try Misfit.retinaNet()
    }.make()
  }
}
