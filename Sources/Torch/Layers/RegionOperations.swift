import CTorch

/// Pools each region to a fixed size by the mean of bilinear samples in each of its bins (He et
/// al., 2017), as torchvision's `roi_align` does. Gradients go to the features, not to the regions.
///
/// Every region's index of an image must be one of the features'; anything else traps. A region
/// with a coordinate that is not finite gives zeros, as does one of more than 2²³ samples a bin.
/// On the processor a kernel of our own works on all of libtorch's threads; their number changes no
/// bit. Elsewhere libtorch's products of matrices do the same.
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
  roiAlign(
    features, rois, outputSize: outputSize, spatialScale: spatialScale,
    samplingRatio: samplingRatio, aligned: aligned, composed: false)
}

/// - Parameter composed: whether libtorch's own operators do it on the processor too.
func roiAlign(
  _ features: Tensor, _ rois: Tensor, outputSize: Sizes, spatialScale: Double = 1,
  samplingRatio: Int = -1, aligned: Bool = false, composed: Bool
) -> Tensor {
  withList(outputSize.expanded(to: 2)) {
    made(
      ct_roi_align(
        features.pointer, rois.pointer, $0, spatialScale, Int64(samplingRatio), aligned,
        composed))
  }
}

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
  roiPool(features, rois, outputSize: outputSize, spatialScale: spatialScale, composed: false)
}

/// - Parameter composed: whether libtorch's own operators do it on the processor too.
func roiPool(
  _ features: Tensor, _ rois: Tensor, outputSize: Sizes, spatialScale: Double = 1,
  composed: Bool
) -> Tensor {
  withList(outputSize.expanded(to: 2)) {
    made(ct_roi_pool(features.pointer, rois.pointer, $0, spatialScale, composed))
  }
}

/// Finds the highest point of each map once the maps of a region are resized to a size of their own,
/// bicubically with corners that are not aligned, as `interpolate` and `argmax` of PyTorch do. The
/// resized maps are never held. No gradient flows.
///
/// - Parameters:
///   - maps: float32 or float64 [N, K, H, W]
///   - heights: int64 [N], from 1 on
///   - widths: int64 [N], from 1 on
/// - Returns: the values there [N, K], and the places int64 [N, K, 2]: x, y in the resized map
public func resizedPeaks(
  _ maps: Tensor, heights: Tensor, widths: Tensor
) -> (values: Tensor, places: Tensor) {
  var places: OpaquePointer?
  let values = made(
    ct_resized_peaks(maps.pointer, heights.pointer, widths.pointer, &places))
  return (values, made(places))
}

/// Keeps the box of the highest score, drops those that overlap it by more than a threshold, and
/// goes on with the rest, as torchvision's `nms` does: equal scores in their order, NaN as the
/// highest, and boxes without an area suppress nothing.
///
/// - Parameters:
///   - boxes: [N, 4]: x0, y0, x1, y1
///   - scores: [N]
///   - iouThreshold: the intersection over union up to which two boxes may both stay
/// - Returns: int64 [K], the indices of the boxes that stay, from the highest score on
public func nms(_ boxes: Tensor, _ scores: Tensor, iouThreshold: Double) -> Tensor {
  nms(boxes, scores, iouThreshold: iouThreshold, composed: false)
}

/// - Parameter composed: whether libtorch's own operators do it on the processor too.
func nms(
  _ boxes: Tensor, _ scores: Tensor, iouThreshold: Double, composed: Bool
) -> Tensor {
  made(ct_nms(boxes.pointer, scores.pointer, iouThreshold, composed))
}

/// `nms` among the boxes of each class alone.
///
/// To keep the same boxes as torchvision on the processor, up to 1,000 of them are moved apart by
/// their class, which rounds their coordinates; more are taken class by class as they are, and equal
/// scores then come in the order of a sort that is not stable.
///
/// - Parameters:
///   - boxes: [N, 4]: x0, y0, x1, y1
///   - scores: [N]
///   - indices: int64 [N], the class, or the feature map, of each box
///   - iouThreshold: the intersection over union up to which two boxes of a class may both stay
/// - Returns: int64 [K], the indices of the boxes that stay, from the highest score on
public func batchedNMS(
  _ boxes: Tensor, _ scores: Tensor, _ indices: Tensor, iouThreshold: Double
) -> Tensor {
  batchedNMS(boxes, scores, indices, iouThreshold: iouThreshold, composed: false)
}

/// - Parameter composed: whether libtorch's own operators do it on the processor too.
func batchedNMS(
  _ boxes: Tensor, _ scores: Tensor, _ indices: Tensor, iouThreshold: Double, composed: Bool
) -> Tensor {
  made(
    ct_batched_nms(boxes.pointer, scores.pointer, indices.pointer, iouThreshold, composed))
}
