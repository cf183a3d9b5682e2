public import Torch

/// Tells class and place of every default box of every map (Liu et al., 2016).
public struct SSDHead: Module {
  public let classificationHead: SSDScoringHead
  public let regressionHead: SSDScoringHead

  /// One 3×3 convolution for each map.
  ///
  /// - Parameters:
  ///   - inChannels: of each map.
  ///   - boxesPerLocation: of each map.
  ///   - numClasses: the background included.
  public init(inChannels: [Int], boxesPerLocation: [Int], numClasses: Int) {
    self.init(inChannels, boxesPerLocation, numClasses) { channels, outputs in
      Conv2d(channels, outputs, kernel: 3, padding: 1, isFast: true)
    } draw: {
      $0.fillXavierUniform()
    }
  }

  /// SSDLite's (Sandler et al., 2018, section 6.2): 3×3 in each channel by itself and then 1×1.
  ///
  /// - Parameter norm: what normalises the channels between.
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

/// So many numbers of every default box of every map.
public struct SSDScoringHead: Module {
  /// A layer for each map.
  public let moduleList: Sequential
  public let numColumns: Int

  /// Returns the numbers of all maps' default boxes, [N, boxes, columns].
  public func callAsFunction(_ maps: [Tensor], _ mode: Mode) -> Tensor {
    .concatenate(
      zip(moduleList.layers, maps).map { layer, map in
        anchorRows(layer(map, mode.normalizing(map)), columns: numColumns)
      }, dim: 1)
  }
}
