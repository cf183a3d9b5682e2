import CTorch

/// Pools each region to a fixed size by the mean of bilinear samples in each of its bins (He et
/// al., 2017), as torchvision's `roi_align` does. Gradients go to the features, not to the regions.
///
/// Every region's index of an image must be one of the features'; anything else traps. A region
/// with a coordinate that is not finite gives zeros, as does one of more than 2²³ samples a bin.
/// Works on the processor, on all of libtorch's threads; their number changes no bit.
///
/// - Parameters:
///   - features: [N, C, H, W]
///   - rois: [K, 5]: index of the image, x0, y0, x1, y1
///   - outputSize: height and width, in bins, of what a region becomes
///   - spatialScale: pixels of the features in a unit of the regions' coordinates
///   - samplingRatio: samples of a bin along each axis; −1 is one for each pixel of the bin's size,
///     rounded up
///   - aligned: whether pixels are points at their centres, so that half a pixel is taken off the
///     coordinates. Else regions have one pixel at least along each axis.
/// - Returns: [K, C, height, width] of the features' type
public func roiAlign(
  _ features: Tensor, _ rois: Tensor, outputSize: Sizes, spatialScale: Double = 1,
  samplingRatio: Int = -1, aligned: Bool = false
) -> Tensor {
  withList(outputSize.expanded(to: 2)) {
    made(
      ct_roi_align(
        features.pointer, rois.pointer, $0, spatialScale, Int64(samplingRatio), aligned))
  }
}
