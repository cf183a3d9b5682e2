import DetectionModels
import Testing

@Suite("Parts that do not fit each other")
struct ModelConfigurationTests {
  @Test(
    "are refused, and what was expected and what stood there is told",
    arguments: Misfit.anchors + Misfit.heads + Misfit.options + Misfit.backbones)
  func refused(_ misfit: Misfit) {
    let error = #expect(throws: ModelConfigurationError.self) { try misfit.make() }
    #expect(error?.description == misfit.message)
  }

  @Test("parts that fit are not refused")
  func accepted() throws {
    try Misfit("none", "") {
      try Misfit.fasterRCNN()
      try Misfit.maskRCNN()
      try Misfit.retinaNet()
    }.make()
  }
}
