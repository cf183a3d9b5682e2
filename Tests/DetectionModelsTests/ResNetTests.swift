import DetectionModels
import Testing
import Torch

@Suite("ResNet")
struct ResNetTests {
  @Test func `the keys are PyTorch's`() {
    let model = ResNet(blocks: [1, 1, 1, 1], bottleneck: false, numClasses: 2)
    let keys = model.state.map(\.key)
    #expect(keys.prefix(2) == ["conv1.weight", "bn1.weight"])
    #expect(keys.contains("layer2.0.downsample.1.running_var"))
    #expect(keys.suffix(2) == ["fc.weight", "fc.bias"])
  }
}
