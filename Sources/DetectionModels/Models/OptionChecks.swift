/// Throws unless there is a class besides the background.
func checkClasses(_ count: Int) throws(ModelConfigurationError) {
  try ModelConfigurationError.require(
    count > 1, at: "num_classes",
    "expected 2 classes or more, the background included, found \(count)")
}

/// Throws if an overlap could be both that of an object and that of background.
private func checkThresholds(
  foreground: Double, background: Double, at key: String
) throws(ModelConfigurationError) {
  try ModelConfigurationError.require(
    background <= foreground, at: key,
    """
    expected a background IoU threshold of at most the foreground's (\(foreground)), found \
    \(background)
    """)
}

/// Throws unless all numbers are at least 1.
private func checkCounts(
  _ counts: KeyValuePairs<String, Int>
) throws(ModelConfigurationError) {
  for (key, count) in counts {
    try ModelConfigurationError.require(
      count > 0, at: key, "expected a number from 1 on, found \(count)")
  }
}

/// Throws unless all fractions, overlaps and scores are from 0 to 1.
private func checkShares(
  _ shares: KeyValuePairs<String, Double>
) throws(ModelConfigurationError) {
  for (key, share) in shares {
    try ModelConfigurationError.require(
      (0...1).contains(share), at: key, "expected a number from 0 to 1, found \(share)")
  }
}

extension TransformOptions {
  /// Throws unless images can be resized and normalised by these options.
  func check() throws(ModelConfigurationError) {
    if let size = fixedSize {
      try ModelConfigurationError.require(
        size.width > 0 && size.height > 0, at: "size",
        "expected a width and a height above 0, found \(size.width) and \(size.height)")
    }
    try ModelConfigurationError.require(
      !minSize.isEmpty && minSize.allSatisfy { $0 > 0 }, at: "min_size",
      "expected sizes of the shorter side above 0, found \(minSize)")
    try ModelConfigurationError.require(
      maxSize > 0 && sizeDivisible > 0, at: "max_size",
      "expected a greatest size and a divisor above 0, found \(maxSize) and \(sizeDivisible)")
    try ModelConfigurationError.require(
      imageMean.count == imageStandardDeviation.count, at: "image_std",
      """
      expected a standard deviation for each of \(imageMean.count) means, found \
      \(imageStandardDeviation.count)
      """)
    try ModelConfigurationError.require(
      imageMean.allSatisfy(\.isFinite) && [1, 3].contains(imageMean.count), at: "image_mean",
      "expected means of 1 channel or 3, found \(imageMean)")
    try ModelConfigurationError.require(
      imageStandardDeviation.allSatisfy { $0 > 0 && $0.isFinite }, at: "image_std",
      "expected standard deviations above 0, found \(imageStandardDeviation)")
  }
}

extension RPNOptions {
  func check() throws(ModelConfigurationError) {
    try checkThresholds(
      foreground: foregroundIoUThreshold, background: backgroundIoUThreshold,
      at: "rpn_bg_iou_thresh")
    try checkCounts([
      "rpn_pre_nms_top_n_train": preNMSTopNTraining, "rpn_pre_nms_top_n_test": preNMSTopNInference,
      "rpn_post_nms_top_n_train": postNMSTopNTraining,
      "rpn_post_nms_top_n_test": postNMSTopNInference,
      "rpn_batch_size_per_image": batchSizePerImage,
    ])
    try checkShares([
      "rpn_nms_thresh": nmsThreshold, "rpn_score_thresh": scoreThreshold,
      "rpn_fg_iou_thresh": foregroundIoUThreshold, "rpn_bg_iou_thresh": backgroundIoUThreshold,
      "rpn_positive_fraction": positiveFraction,
    ])
  }
}

extension RoIOptions {
  func check() throws(ModelConfigurationError) {
    let weights = boxRegressionWeights
    try ModelConfigurationError.require(
      weights.count == 4, at: "bbox_reg_weights",
      "expected 4 box regression weights, found \(weights.count)")
    try ModelConfigurationError.require(
      weights.allSatisfy { $0 > 0 && $0.isFinite }, at: "bbox_reg_weights",
      "expected box regression weights above 0, found \(weights)")
    try checkThresholds(
      foreground: foregroundIoUThreshold, background: backgroundIoUThreshold,
      at: "box_bg_iou_thresh")
    try checkCounts([
      "box_detections_per_img": detectionsPerImage, "box_batch_size_per_image": batchSizePerImage,
    ])
    try checkShares([
      "box_score_thresh": scoreThreshold, "box_nms_thresh": nmsThreshold,
      "box_fg_iou_thresh": foregroundIoUThreshold, "box_bg_iou_thresh": backgroundIoUThreshold,
      "box_positive_fraction": positiveFraction,
    ])
  }
}

extension OneStageOptions {
  /// Throws unless the options that all one-stage detectors share are valid.
  fileprivate func checkSelection() throws(ModelConfigurationError) {
    try transform.check()
    try checkCounts([
      "detections_per_img": detectionsPerImage, "topk_candidates": topKCandidates,
    ])
    try checkShares(["score_thresh": scoreThreshold, "nms_thresh": nmsThreshold])
  }
}

extension RetinaNetOptions {
  func check() throws(ModelConfigurationError) {
    try checkSelection()
    try checkThresholds(
      foreground: foregroundIoUThreshold, background: backgroundIoUThreshold, at: "bg_iou_thresh")
    try checkShares([
      "fg_iou_thresh": foregroundIoUThreshold, "bg_iou_thresh": backgroundIoUThreshold,
    ])
  }
}

extension FCOSOptions {
  func check() throws(ModelConfigurationError) {
    try checkSelection()
    try ModelConfigurationError.require(
      centerSamplingRadius > 0 && centerSamplingRadius.isFinite, at: "center_sampling_radius",
      "expected a radius above 0, found \(centerSamplingRadius)")
  }
}

extension SSDOptions {
  func check() throws(ModelConfigurationError) {
    try checkSelection()
    try checkShares(["iou_thresh": iouThreshold])
    try ModelConfigurationError.require(
      positiveFraction > 0 && positiveFraction <= 1, at: "positive_fraction",
      "expected a fraction above 0 and up to 1, found \(positiveFraction)")
  }
}
