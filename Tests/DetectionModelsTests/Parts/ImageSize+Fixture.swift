import DetectionModels

/// Sizes of a fixture's rows of height and width.
func imageSizes(_ sides: [[Int]]) -> [ImageSize] {
  sides.map { ImageSize(height: $0[0], width: $0[1]) }
}
