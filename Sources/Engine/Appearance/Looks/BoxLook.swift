import Torch

/// The features of an image in boxes and around them, for a linear model: a grid of cells over the
/// box and half its sides beyond, with the edges in each cell and the difference of its colour from
/// the box's.
enum BoxLook {
  /// The number of cells on each side: those of the box, and a quarter of all on either side of it.
  private static let cells = 8
  private static let border = cells / 4

  /// Returns [boxes, numbers], float64.
  static func features(of boxes: [RelativeBox], in picture: PictureChannels) -> Tensor {
    let wide = boxes.map { $0.scaled(by: 2) }.tensor
    let marks = Tensor((0...cells).map { Double($0) / Double(cells) })
    func lines(_ low: Int, _ high: Int) -> Tensor {
      let start = wide.select(dim: 1, low).unsqueezed(1)
      return start + (wide.select(dim: 1, high).unsqueezed(1) - start) * marks
    }
    let grid = picture.cells(columns: lines(0, 2), rows: lines(1, 3))
    let isSeen = (grid.areas .> 1e-6).to(.float64)
    let means = grid.sums / grid.areas.clamped(min: 1e-6).unsqueezed(3) * isSeen.unsqueezed(3)
    let colours = means.slice(dim: 3, to: PictureChannels.colours.upperBound)
    let changes = means.slice(dim: 3, from: PictureChannels.changes.lowerBound)
    let (own, around) = meanColours(grid)
    let distances = (colours - own.unsqueezed(1).unsqueezed(1)).abs().sum(dims: [3])
    let perCell = Tensor.concatenate(
      [changes, distances.unsqueezed(3)], dim: 3)
    let differences = own - around
    return Tensor.concatenate(
      [
        ((perCell + 0.1).log() * isSeen.unsqueezed(3)).flattened(from: 1),
        inside(colours).flattened(from: 1), own, own.abs(), differences, differences.abs(),
      ], dim: 1)
  }

  /// Returns the cells of the box itself.
  private static func inside(_ grid: Tensor) -> Tensor {
    grid.slice(dim: 1, from: border, to: cells - border)
      .slice(dim: 2, from: border, to: cells - border)
  }

  /// Returns the mean colours of the box and of its surroundings, [boxes, 3]; 0, which is the
  /// image's own mean, if they are empty.
  private static func meanColours(_ grid: ChannelCells) -> (own: Tensor, around: Tensor) {
    let colours = grid.sums.slice(dim: 3, to: PictureChannels.colours.upperBound)
    let own = inside(colours).sum(dims: [1, 2])
    let area = inside(grid.areas).sum(dims: [1, 2]).unsqueezed(1)
    let around = grid.areas.sum(dims: [1, 2]).unsqueezed(1) - area
    func mean(_ sum: Tensor, _ area: Tensor) -> Tensor {
      sum / area.clamped(min: 1e-6) * (area .> 1e-6).to(.float64)
    }
    return (mean(own, area), mean(colours.sum(dims: [1, 2]) - own, around))
  }
}
