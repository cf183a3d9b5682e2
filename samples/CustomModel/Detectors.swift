import DetectionModels
import Torch

/// Both ways of the tutorial on object detection to a detector of one's own.
enum Detectors {
  /// "Finetuning from a pretrained model": a ready detector whose box predictor, the one part that
  /// knows the classes, is replaced.
  ///
  /// - Parameter numClasses: the background included.
  static func ready(numClasses: Int) throws -> FasterRCNN {
    var model = try FasterRCNN.mobileNetV3Large320FPN(options: smallPictures)
    // To start from COCO's weights instead of drawn ones:
    //   try model.load(contentsOf: "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth")
    let inFeatures = model.roiHeads.boxPredictor.inFeatures
    model.roiHeads.boxPredictor = FastRCNNPredictor(
      inFeatures: inFeatures, numClasses: numClasses)
    return model
  }

  /// The same with masks, whose predictor knows the classes too.
  static func readyWithMasks(numClasses: Int) throws -> MaskRCNN {
    var model = try MaskRCNN.resNet50FPN(options: smallPictures)
    let inFeatures = model.roiHeads.boxPredictor.inFeatures
    model.roiHeads.boxPredictor = FastRCNNPredictor(
      inFeatures: inFeatures, numClasses: numClasses)
    let inChannels = model.roiHeads.maskPredictor.inChannels
    model.roiHeads.maskPredictor = MaskRCNNPredictor(
      inChannels: inChannels, numClasses: numClasses)
    return model
  }

  /// "Modifying the model to add a different backbone": any layers that make a feature map, and
  /// parts that fit it.
  static func custom(numClasses: Int) throws -> FasterRCNN {
    // The features of a classifier, whose 1,280 channels Faster R-CNN has to know of.
    let backbone = LayerBackbone(MobileNetV2().features, outChannels: 1280)
    // Five sizes and three shapes at each place of the map. One list for each map: there is one.
    let anchorGenerator = try AnchorGenerator(
      sizes: [[32, 64, 128, 256, 512]], aspectRatios: [[0.5, 1, 2]])
    // What is cut out of the map, which is called "0" where there is but one.
    let boxRoIPool = MultiScaleRoIAlign(
      featureMapNames: ["0"], outputSize: 7, samplingRatio: 2)
    return try FasterRCNN(
      backbone: backbone, numClasses: numClasses, anchorGenerator: anchorGenerator,
      boxRoIPool: boxRoIPool, options: smallPictures)
  }

  /// Pictures of the size that they are drawn in, and few boxes of each, so that it goes quickly.
  private static var smallPictures: FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.transform = TransformOptions(minSize: [Scenes.side], maxSize: Scenes.side)
    options.box.batchSizePerImage = 32
    return options
  }
}
