import DetectionModels
import Torch

/// torchvision's operators on boxes and regions, by its names.
enum RegionOperator: String, CaseIterable {
  case nms
  case batchedNMS = "batched_nms"
  case roiAlign = "roi_align"
  case roiPool = "roi_pool"
  case boxIoU = "box_iou"
  case generalizedBoxIoU = "generalized_box_iou"

  /// Whether boxes suppress one another.
  var takesThreshold: Bool { self == .nms || self == .batchedNMS }

  /// Whether regions are cut out of maps.
  var takesRegions: Bool { self == .roiAlign || self == .roiPool }

  /// Runs the operator on tensors that it takes.
  func callAsFunction(_ tensors: OperatorTensors, _ arguments: OperatorArguments) -> Tensor {
    let size: Sizes = [arguments.outputSize.height, arguments.outputSize.width]
    switch (self, tensors) {
    case (.batchedNMS, .scored(let boxes, let scores, let classes?)):
      return Torch.batchedNMS(boxes, scores, classes, iouThreshold: arguments.iouThreshold)
    case (_, .scored(let boxes, let scores, _)):
      return Torch.nms(boxes, scores, iouThreshold: arguments.iouThreshold)
    case (.roiPool, .regions(let input, let regions)):
      return Torch.roiPool(
        input, regions, outputSize: size, spatialScale: arguments.spatialScale)
    case (_, .regions(let input, let regions)):
      return Torch.roiAlign(
        input, regions, outputSize: size, spatialScale: arguments.spatialScale,
        samplingRatio: arguments.samplingRatio, aligned: arguments.isAligned)
    case (.generalizedBoxIoU, .pair(let boxes, let others)):
      return DetectionModels.generalizedBoxIoU(boxes, others)
    case (_, .pair(let boxes, let others)):
      return DetectionModels.boxIoU(boxes, others)
    }
  }
}

/// The arguments of an operator that are no tensors.
struct OperatorArguments {
  var iouThreshold = 0.5
  /// In bins.
  var outputSize = SpatialSize(height: 7, width: 7)
  var spatialScale = 1.0
  /// Samples of a bin along each axis; not above 0 for one for each of its pixels.
  var samplingRatio = -1
  var isAligned = false
}

/// The tensors that an operator takes.
enum OperatorTensors {
  /// Boxes [N, 4], scores [N] and, of `batched_nms`, classes int64 [N].
  case scored(Tensor, Tensor, Tensor?)
  /// An input [N, C, H, W] and regions [K, 5].
  case regions(Tensor, Tensor)
  /// Boxes [N, 4] and others [M, 4].
  case pair(Tensor, Tensor)

  func to(_ device: Device) -> OperatorTensors {
    switch self {
    case .scored(let boxes, let scores, let classes):
      .scored(boxes.to(device), scores.to(device), classes?.to(device))
    case .regions(let input, let regions): .regions(input.to(device), regions.to(device))
    case .pair(let boxes, let others): .pair(boxes.to(device), others.to(device))
    }
  }
}
