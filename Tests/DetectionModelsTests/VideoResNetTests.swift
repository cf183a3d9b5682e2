import DetectionModels
import Testing
import Torch

@Suite("Video ResNets")
struct VideoResNetTests {
  @Test func `R(2+1)D has the keys of its two convolutions in one`() {
    let keys = VideoResNet.r2plus1d18(numClasses: 2).state.map(\.key)
    #expect(keys.prefix(2) == ["stem.0.weight", "stem.1.weight"])
    #expect(keys.contains("stem.4.running_mean"))
    #expect(keys.contains("layer1.0.conv1.0.3.weight"))
    #expect(keys.contains("layer4.1.conv2.1.num_batches_tracked"))
    #expect(keys.suffix(2) == ["fc.weight", "fc.bias"])
  }

  @Test func `the channels between its convolutions keep the number of weights`() {
    let model = VideoResNet.r2plus1d18(numClasses: 2)
    let shapes = Dictionary(
      uniqueKeysWithValues: model.state.map { ($0.key, $0.tensor.shape) })
    #expect(shapes["layer1.0.conv1.0.0.weight"] == [144, 64, 1, 3, 3])
    #expect(shapes["layer2.0.conv2.0.0.weight"] == [230, 128, 1, 3, 3])
    #expect(shapes["layer2.0.conv2.0.3.weight"] == [128, 230, 3, 1, 1])
  }

  static let makers: [(@Sendable () -> VideoResNet, Int)] = [
    ({ .r3d18() }, 33_371_472), ({ .mc318() }, 11_695_440), ({ .r2plus1d18() }, 31_505_325),
  ]

  @Test(arguments: makers)
  func `the parameters are as many as torchvision's`(make: @Sendable () -> VideoResNet, count: Int)
  {
    #expect(make().parameterCount == count)
  }

  @Test func `MC3 leaves the frames apart after its first stage`() throws {
    let model = VideoResNet.mc318(numClasses: 2)
    let clip = withoutGradients { model.stem(Tensor.zeros([1, 3, 4, 16, 16]), .inference) }
    #expect(clip.shape == [1, 64, 4, 8, 8])
    let later = withoutGradients { model.layer2(model.layer1(clip, .inference), .inference) }
    #expect(later.shape == [1, 128, 4, 4, 4])
  }

  @Test func `a head of one's own classes is one line`() {
    var model = VideoResNet.mc318()
    model.fc = Linear(512, 5)
    let clip = Tensor.zeros([1, 3, 2, 16, 16])
    #expect(withoutGradients { model(clip, .inference) }.shape == [1, 5])
  }
}
