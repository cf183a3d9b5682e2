import DetectionModels
import Torch

/// Models of one's own, after PyTorch's tutorials on fine-tuning: a ready model with another head,
/// and a model made of parts. First classifiers, then detectors, which learn to tell squares from
/// circles that are drawn here, so that the program needs no file.
///
///     swift run -c release CustomModel
@main
struct CustomModel {
  static func main() throws {
    Runtime.threads = Runtime.processors
    Runtime.keepMemory()
    Runtime.seed(0)
    classify()
    try detect()
  }

  private static func classify() {
    let training = Shapes.drawn(512)
    let test = Shapes.drawn(256)

    print("resnet18 with a head for two classes")
    var ready = ResNet.resnet18()
    // To start from ImageNet's weights instead of drawn ones:
    //   try ready.load(contentsOf: "resnet18-f37072fd.pth")
    ready.fc = Linear(ready.fc.inFeatures, 2)
    Trainer(rate: 0.002).train(ready, on: training, epochs: 4)
    Trainer.printAccuracy(of: ready, on: test)

    print("a classifier made of parts")
    let custom = ShapeNet(numClasses: 2)
    Trainer(rate: 0.05).train(custom, on: training, epochs: 12)
    Trainer.printAccuracy(of: custom, on: test)
  }

  private static func detect() throws {
    let training = Scenes.drawn(32)
    let test = Scenes.drawn(16)

    print("fasterrcnn_mobilenet_v3_large_320_fpn with a head for our classes")
    let ready = try Detectors.ready(numClasses: Scenes.numClasses)
    DetectorTrainer(rate: 0.02).train(ready, on: training, steps: 40)
    DetectorTrainer.printFound(by: ready, on: test)

    print("maskrcnn_resnet50_fpn with heads for our classes")
    let masks = try Detectors.readyWithMasks(numClasses: Scenes.numClasses)
    DetectorTrainer(rate: 0.005).train(masks, on: training, steps: 10)

    print("Faster R-CNN with the features of MobileNetV2")
    let custom = try Detectors.custom(numClasses: Scenes.numClasses)
    DetectorTrainer(rate: 0.01).train(custom, on: training, steps: 20)
    DetectorTrainer.printFound(by: custom, on: test)
  }
}
