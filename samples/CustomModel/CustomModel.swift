import DetectionModels
import Torch

/// Two ways to a classifier of one's own, after PyTorch's tutorials on fine-tuning: a ready model
/// with another head, and a model made of parts. Both learn to tell squares from circles.
///
///     swift run -c release CustomModel
@main
struct CustomModel {
  static func main() {
    Runtime.seed(0)
    // Pictures are drawn here so that the program needs no file; 0 is a square, 1 a circle.
    let training = Shapes.drawn(512)
    let test = Shapes.drawn(256)

    print("resnet18 with a head for two classes")
    var ready = ResNet.resnet18()
    // To start from ImageNet's weights instead of drawn ones:
    //   try ready.load(contentsOf: "resnet18-f37072fd.pth")
    ready.fc = Linear(ready.fc.inFeatures, 2)
    Trainer(rate: 0.002).train(ready, on: training, epochs: 4)
    Trainer.printAccuracy(of: ready, on: test)

    print("a model made of parts")
    let custom = ShapeNet(numClasses: 2)
    Trainer(rate: 0.05).train(custom, on: training, epochs: 12)
    Trainer.printAccuracy(of: custom, on: test)
  }
}
