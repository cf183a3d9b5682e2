import Torch

/// The conversion of keypoints to places on square heatmaps of their boxes, and back (He et al.,
/// 2017); torchvision's `keypoints_to_heatmap` and `heatmaps_to_keypoints`.
enum KeypointHeatmaps {
  /// The places of keypoints on their heatmaps.
  struct Places {
    /// The index of each place, y · side + x, int64 [K, keypoints]; 0 if there is none.
    let indices: Tensor
    /// A mask of the keypoints that are labelled and lie in their box, bool [K, keypoints].
    let isThere: Tensor
  }

  /// Returns the places of keypoints in boxes.
  ///
  /// - Parameters:
  ///   - keypoints: The keypoints, [K, keypoints, 3]: x, y, visibility.
  ///   - boxes: The boxes, [K, 4] in the same pixels.
  ///   - side: The height and width of a heatmap.
  static func places(of keypoints: Tensor, in boxes: Tensor, side: Int) -> Places {
    let x = places(keypoints, boxes, axis: 0, side: side)
    let y = places(keypoints, boxes, axis: 1, side: side)
    let isInside = (x .>= 0) .& (y .>= 0) .& (x .< side) .& (y .< side)
    let isThere = isInside .& (keypoints.select(dim: 2, 2) .> 0)
    return Places(indices: (y * side + x) * isThere.to(.int64), isThere: isThere)
  }

  /// Returns the places along x (0) or y (1); the far edge of a box belongs to the last place.
  private static func places(
    _ keypoints: Tensor, _ boxes: Tensor, axis: Int, side: Int
  ) -> Tensor {
    let start = boxes[.all, axis..<axis + 1]
    let end = boxes[.all, (axis + 2)..<(axis + 3)]
    let coordinates = keypoints.select(dim: 2, axis)
    // A reciprocal as in PyTorch, by whose rounding a keypoint between two places is in one of them.
    let scale = (end - start).reciprocal() * Double(side)
    let scaled = ((coordinates - start) * scale).floor().to(.int64)
    return .where(coordinates .== end, Tensor(side - 1).to(boxes.device), scaled)
  }

  /// Returns the keypoints at the maxima of heatmaps that are resized to the size of their boxes.
  ///
  /// - Parameters:
  ///   - maps: The logits, [K, keypoints, side, side].
  ///   - boxes: The boxes, [K, 4].
  /// - Returns: The places, float32 [K, keypoints, 3]: x, y and 1; and the logits there, float32
  ///   [K, keypoints].
  static func keypoints(of maps: Tensor, in boxes: Tensor) -> (places: Tensor, scores: Tensor) {
    let sides = (boxes[.all, 2...] - boxes[.all, ..<2]).clamped(min: 1)  // [K, 2]: width, height
    let pixels = sides.ceil()
    let peaks = resizedPeaks(
      maps, heights: pixels.select(dim: 1, 1).to(.int64),
      widths: pixels.select(dim: 1, 0).to(.int64))
    // The middle of a pixel, as keypoints have continuous coordinates (Heckbert, 1990). In float32,
    // whatever type the detector computes in, as in torchvision.
    let scale = (sides / pixels).to(.float32).unsqueezed(1)
    let start = boxes[.all, ..<2].to(.float32).unsqueezed(1)
    let places = (peaks.places.to(.float32) + 0.5) * scale + start
    let visible = Tensor.ones([places.size(0), places.size(1), 1], on: places.device)
    return (.concatenate([places, visible], dim: 2), peaks.values.to(.float32))
  }
}
