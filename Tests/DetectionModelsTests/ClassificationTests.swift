import DetectionModels
import Testing

@Suite("Classification")
struct ClassificationTests {
  @Test func `ImageNet has a thousand classes, in torchvision's order`() {
    let names = ImageNetClasses.names
    #expect(names.count == 1000)
    #expect([names[0], names[281], names[999]] == ["tench", "tabby", "toilet tissue"])
  }

  @Test func `keys of published DenseNets are those of today`() {
    let old = "features.denseblock1.denselayer2.norm.1.running_mean"
    let new = "features.denseblock1.denselayer2.norm1.running_mean"
    #expect(DenseNet.currentKey(for: old) == new)
    #expect(DenseNet.currentKey(for: new) == new)
    #expect(DenseNet.currentKey(for: "features.norm0.weight") == "features.norm0.weight")
  }
}
