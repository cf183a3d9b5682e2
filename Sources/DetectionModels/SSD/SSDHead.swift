public import Torch

/// The head of an SSD, which predicts the class and the box of every default box of every map (Liu
/// et al., 2016).
public struct SSDHead: Module {
  /// The head that predicts the logits of the classes.
  public let classificationHead: SSDScoringHead
  /// The head that predicts the box offsets.
  public let regressionHead: SSDScoringHead

  /// Creates a head of one 3×3 convolution for each map.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of each map.
  ///   - boxesPerLocation: The number of default boxes at each place of each map.
  ///   - numClasses: The number of classes, the background included.
  public init(inChannels: [Int], boxesPerLocation: [Int], numClasses: Int) {
    self.init(inChannels, boxesPerLocation, numClasses) { channels, outputs in
      Conv2d(channels, outputs, kernel: 3, padding: 1, isFast: true)
    } draw: {
      $0.fillXavierUniform()
    }
  }

  /// Returns SSDLite's head (Sandler et al., 2018, section 6.2): a depthwise 3×3 convolution and a
  /// 1×1 convolution for each map.
  ///
  /// - Parameters:
  ///   - inChannels: The number of channels of each map.
  ///   - boxesPerLocation: The number of default boxes at each place of each map.
  ///   - numClasses: The number of classes, the background included.
  ///   - norm: Makes the normalisation between the two convolutions.
  public static func lite(
    inChannels: [Int], boxesPerLocation: [Int], numClasses: Int,
    norm: NormLayer = SSDLiteFeatureExtractor.norm
  ) -> SSDHead {
    SSDHead(inChannels, boxesPerLocation, numClasses) { channels, outputs in
      Sequential(
        Conv2dNormActivation(
          channels, channels, kernel: 3, groups: channels, norm: norm,
          activation: ReLU6(inPlace: true)),
        Conv2d(channels, outputs, kernel: 1))
    } draw: {
      $0.fillNormal(deviation: 0.03)
    }
  }

  private init(
    _ inChannels: [Int], _ boxesPerLocation: [Int], _ numClasses: Int,
    layer: (_ channels: Int, _ outputs: Int) -> any Layer, draw: (Tensor) -> Void
  ) {
    precondition(
      inChannels.count == boxesPerLocation.count,
      "expected default boxes for \(inChannels.count) maps, found \(boxesPerLocation.count)")
    func head(columns: Int) -> SSDScoringHead {
      let layers = Sequential(
        zip(inChannels, boxesPerLocation).map { layer($0, columns * $1) })
      layers.initializeConvolutions(draw)
      return SSDScoringHead(moduleList: layers, numColumns: columns)
    }
    classificationHead = head(columns: numClasses)
    regressionHead = head(columns: 4)
  }
}

/// A head that predicts a fixed number of values for every default box of every map; torchvision's
/// `SSDScoringHead`.
public struct SSDScoringHead: Module {
  /// The layer of each map.
  public let moduleList: Sequential
  /// The number of values of each default box: the classes, or the four offsets.
  public let numColumns: Int

  /// Returns the values of all maps' default boxes, [N, boxes, columns].
  public func callAsFunction(_ maps: [Tensor], _ mode: Mode) -> Tensor {
    .concatenate(
      zip(moduleList.layers, maps).map { layer, map in
        anchorRows(layer(map, mode.normalizing(map)), columns: numColumns)
      }, dim: 1)
  }
}
