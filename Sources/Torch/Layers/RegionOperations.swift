import CTorch

/// Returns each region pooled to a fixed size by the mean of bilinear samples in each of its bins
/// (He et al., 2017); torchvision's `roi_align`.
///
/// Gradients reach the features, not the regions. Every region's image index must be one of the
/// features'; any other traps. A region with a coordinate that is not finite gives zeros, as does
/// one of more than 2²³ samples a bin. On the processor a kernel of copra runs on all of libtorch's
/// threads; their number changes no bit. On other devices libtorch's matrix products do the same.
///
/// - Parameters:
///   - features: The feature maps, [N, C, H, W].
///   - rois: The regions, [K, 5]: image index, x0, y0, x1, y1.
///   - outputSize: The height and width of the output in bins.
///   - spatialScale: The number of pixels of the features per unit of the regions' coordinates.
///   - samplingRatio: The number of samples of a bin along each axis; −1 for one for each pixel
///     of the bin's size, rounded up.
///   - aligned: Whether coordinates are shifted by half a pixel, so that pixels are points at
///     their centres. Otherwise regions have at least one pixel along each axis.
/// - Returns: The pooled regions, [K, C, height, width] of the features' type.
public func roiAlign(
  _ features: Tensor, _ rois: Tensor, outputSize: Sizes, spatialScale: Double = 1,
  samplingRatio: Int = -1, aligned: Bool = false
) -> Tensor {
  roiAlign(
    features, rois, outputSize: outputSize, spatialScale: spatialScale,
    samplingRatio: samplingRatio, aligned: aligned, composed: false)
}

/// Returns the same pooled regions.
///
/// - Parameter composed: Whether libtorch's own operators are used on the processor too.
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

/// Returns each region pooled to a fixed size by the maximum of each of its bins (Girshick, 2015);
/// torchvision's `roi_pool`.
///
/// Regions are rounded to whole pixels, and bins without a pixel of the features are zero.
/// Gradients reach the features, not the regions. Every region's image index must be one of the
/// features'; any other traps. A region with a coordinate that is not finite gives zeros.
///
/// - Parameters:
///   - features: The feature maps, [N, C, H, W].
///   - rois: The regions, [K, 5]: image index, x0, y0, x1, y1.
///   - outputSize: The height and width of the output in bins.
///   - spatialScale: The number of pixels of the features per unit of the regions' coordinates.
/// - Returns: The pooled regions, [K, C, height, width] of the features' type.
public func roiPool(
  _ features: Tensor, _ rois: Tensor, outputSize: Sizes, spatialScale: Double = 1
) -> Tensor {
  roiPool(features, rois, outputSize: outputSize, spatialScale: spatialScale, composed: false)
}

/// Returns the same pooled regions.
///
/// - Parameter composed: Whether libtorch's own operators are used on the processor too.
func roiPool(
  _ features: Tensor, _ rois: Tensor, outputSize: Sizes, spatialScale: Double = 1,
  composed: Bool
) -> Tensor {
  withList(outputSize.expanded(to: 2)) {
    made(ct_roi_pool(features.pointer, rois.pointer, $0, spatialScale, composed))
  }
}

/// Returns the maximum of each map after the maps of a region are resized to a size of their own.
///
/// Maps are resized bicubically without aligned corners, as by PyTorch's `interpolate` and then
/// `argmax`; the resized maps are never stored. There are no gradients.
///
/// - Parameters:
///   - maps: The maps, float32 or float64 [N, K, H, W].
///   - heights: The height of each region's resized maps, int64 [N], at least 1.
///   - widths: The width of each region's resized maps, int64 [N], at least 1.
/// - Returns: The maxima [N, K], and their places int64 [N, K, 2]: x, y in the resized map.
public func resizedPeaks(
  _ maps: Tensor, heights: Tensor, widths: Tensor
) -> (values: Tensor, places: Tensor) {
  var places: OpaquePointer?
  let values = made(
    ct_resized_peaks(maps.pointer, heights.pointer, widths.pointer, &places))
  return (values, made(places))
}

/// Returns the boxes that remain after non-maximum suppression; torchvision's `nms`.
///
/// It keeps the box of the highest score, drops those that overlap it by more than a threshold, and
/// continues with the rest. Equal scores keep their order, NaN counts as the highest score, and
/// boxes without an area suppress nothing.
///
/// - Parameters:
///   - boxes: The boxes, [N, 4]: x0, y0, x1, y1.
///   - scores: The scores, [N].
///   - iouThreshold: The IoU up to which two boxes may both remain.
/// - Returns: The indices of the remaining boxes, int64 [K], in order of descending score.
public func nms(_ boxes: Tensor, _ scores: Tensor, iouThreshold: Double) -> Tensor {
  nms(boxes, scores, iouThreshold: iouThreshold, composed: false)
}

/// Returns the same indices.
///
/// - Parameter composed: Whether libtorch's own operators are used on the processor too.
func nms(
  _ boxes: Tensor, _ scores: Tensor, iouThreshold: Double, composed: Bool
) -> Tensor {
  made(ct_nms(boxes.pointer, scores.pointer, iouThreshold, composed))
}

/// Returns the boxes that remain after non-maximum suppression within each class; torchvision's
/// `batched_nms`.
///
/// To keep the same boxes as torchvision on the processor, up to 1,000 of them are shifted apart by
/// class, which rounds their coordinates. More are processed class by class without a shift, and
/// equal scores are then ordered by an unstable sort.
///
/// - Parameters:
///   - boxes: The boxes, [N, 4]: x0, y0, x1, y1.
///   - scores: The scores, [N].
///   - indices: The class, or the feature map, of each box, int64 [N].
///   - iouThreshold: The IoU up to which two boxes of a class may both remain.
/// - Returns: The indices of the remaining boxes, int64 [K], in order of descending score.
public func batchedNMS(
  _ boxes: Tensor, _ scores: Tensor, _ indices: Tensor, iouThreshold: Double
) -> Tensor {
  batchedNMS(boxes, scores, indices, iouThreshold: iouThreshold, composed: false)
}

/// Returns the same indices.
///
/// - Parameter composed: Whether libtorch's own operators are used on the processor too.
func batchedNMS(
  _ boxes: Tensor, _ scores: Tensor, _ indices: Tensor, iouThreshold: Double, composed: Bool
) -> Tensor {
  made(
    ct_batched_nms(boxes.pointer, scores.pointer, indices.pointer, iouThreshold, composed))
}
