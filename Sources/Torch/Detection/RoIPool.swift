import CTorch

/// Pools each region to a fixed size by the greatest number in each of its bins (Girshick, 2015),
/// as torchvision's `roi_pool` does: regions are rounded to whole pixels, and bins without a pixel
/// of the features are zero. Gradients go to the features, not to the regions.
///
/// Every region's index of an image must be one of the features'; anything else traps. A region
/// with a coordinate that is not finite gives zeros.
///
/// - Parameters:
///   - features: [N, C, H, W]
///   - rois: [K, 5]: index of the image, x0, y0, x1, y1
///   - outputSize: height and width, in bins, of what a region becomes
///   - spatialScale: pixels of the features in a unit of the regions' coordinates
/// - Returns: [K, C, height, width] of the features' type
public func roiPool(
  _ features: Tensor, _ rois: Tensor, outputSize: Sizes, spatialScale: Double = 1
) -> Tensor {
  withList(outputSize.expanded(to: 2)) {
    made(ct_roi_pool(features.pointer, rois.pointer, $0, spatialScale))
  }
}
