import DetectionModels
import Testing
import Torch

/// Parts that do not fit each other, and what is said of them.
struct Misfit: Sendable, CustomTestStringConvertible {
  let fault: String
  let message: String
  private let build: @Sendable () throws -> Void

  init(_ fault: String, _ message: String, _ build: @escaping @Sendable () throws -> Void) {
    self.fault = fault
    self.message = message
    self.build = build
  }

  var testDescription: String { fault }

  /// Without draws, which other tests could be making.
  func make() throws {
    try withoutDraws(build)
  }

  /// A Faster R-CNN with one map of four channels, whose parts fit unless others are given.
  static func fasterRCNN(
    numClasses: Int = 2, anchorGenerator: AnchorGenerator? = nil, rpnHead: RPNHead? = nil,
    maps: [String] = ["0"], outputSize: Int = 7, boxHead: (any BoxHead)? = nil,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws {
    _ = try FasterRCNN(
      backbone: oneMap, numClasses: numClasses,
      anchorGenerator: anchorGenerator ?? oneList(), rpnHead: rpnHead,
      boxRoIPool: MultiScaleRoIAlign(
        featureMapNames: maps, outputSize: outputSize, samplingRatio: 2),
      boxHead: boxHead, options: options)
  }

  /// The same with another choice.
  static func fasterRCNN(_ change: (inout FasterRCNNOptions) -> Void) throws {
    var options = FasterRCNNOptions()
    change(&options)
    try fasterRCNN(options: options)
  }

  static func maskRCNN(maps: [String] = ["0"], maskHead: MaskRCNNHeads? = nil) throws {
    let pool = MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 7, samplingRatio: 2)
    _ = try MaskRCNN(
      backbone: oneMap, numClasses: 2, anchorGenerator: oneList(), boxRoIPool: pool,
      maskRoIPool: MultiScaleRoIAlign(featureMapNames: maps, outputSize: 14, samplingRatio: 2),
      maskHead: maskHead)
  }

  static func keypointRCNN(
    maps: [String] = ["0"], output: SpatialSize = SpatialSize(height: 14, width: 14),
    keypointHead: KeypointRCNNHeads? = nil, numKeypoints: Int? = nil
  ) throws {
    var options = KeypointRCNNOptions()
    options.numKeypoints = numKeypoints
    let pool = MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 7, samplingRatio: 2)
    _ = try KeypointRCNN(
      backbone: oneMap, numClasses: 2, anchorGenerator: oneList(), boxRoIPool: pool,
      keypointRoIPool: MultiScaleRoIAlign(
        featureMapNames: maps, outputSize: output, samplingRatio: 2),
      keypointHead: keypointHead, options: options)
  }

  static func retinaNet(
    numClasses: Int = 2, anchorGenerator: AnchorGenerator? = nil, head: RetinaNetHead? = nil,
    _ change: (inout RetinaNetOptions) -> Void = { _ in }
  ) throws {
    var options = RetinaNetOptions()
    change(&options)
    _ = try RetinaNet(
      backbone: oneMap, numClasses: numClasses,
      anchorGenerator: anchorGenerator ?? oneList(), head: head, options: options)
  }

  /// A backbone of two maps, "0" and "1", and "pool".
  static func pyramid(returned: [(key: String, name: String)]) throws -> BackboneWithFPN {
    let layers: [(key: String, layer: any Layer)] = [
      ("fine", Conv2d(3, 4, kernel: 1)), ("coarse", Conv2d(4, 4, kernel: 1, stride: 2)),
    ]
    return BackboneWithFPN(
      body: try IntermediateLayerGetter(layers, returned: returned), inChannels: [4, 4],
      outChannels: 4)
  }

  private static var oneMap: LayerBackbone {
    LayerBackbone(Conv2d(3, 4, kernel: 3), outChannels: 4)
  }

  /// Three anchors at each place.
  private static func oneList() throws -> AnchorGenerator {
    try AnchorGenerator(sizes: [[32]], aspectRatios: [[0.5, 1, 2]])
  }
}
