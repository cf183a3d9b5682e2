import DetectionModels

/// Sizes of a fixture's rows of height and width.
func imageSizes(_ sides: [[Int]]) -> [SpatialSize] {
  sides.map { SpatialSize(height: $0[0], width: $0[1]) }
}
