import COCO
import Foundation
import Testing
import Torch

@testable import Engine

@Suite("What the appearance check is made of")
struct AppearancePartTests {
  private let sides = PictureSides(width: 200, height: 100)

  @Test(arguments: BoxPlacement.allCases)
  func `what was done to a box is undone`(placement: BoxPlacement) throws {
    let box = RelativeBox(0.1, 0.2, 0.25, 0.36)
    let righted = try #require(placement.righted(written(box, as: placement), in: sides))
    for (found, expected) in zip(
      [righted.x0, righted.y0, righted.x1, righted.y1], [box.x0, box.y0, box.x1, box.y1])
    {
      #expect(abs(found - expected) < 1e-9, "\(placement): \(righted)")
    }
  }

  /// A box as a set with the fault has it.
  private func written(_ box: RelativeBox, as placement: BoxPlacement) -> RelativeBox {
    let (x0, y0, x1, y1) = (box.x0, box.y0, box.x1, box.y1)
    let (width, height) = (box.width, box.height)
    return switch placement {
    case .asGiven: box
    case .mirrored: RelativeBox(1 - x1, y0, 1 - x0, y1)
    case .upsideDown: RelativeBox(x0, 1 - y1, x1, 1 - y0)
    case .turnedByHalf: RelativeBox(1 - x1, 1 - y1, 1 - x0, 1 - y0)
    case .turnedLeft: RelativeBox(y0, 1 - x1, y1, 1 - x0)
    case .turnedRight: RelativeBox(1 - y1, x0, 1 - y0, x1)
    case .axesExchanged: RelativeBox(y0 / 2, x0 * 2, y1 / 2, x1 * 2)
    case .halfAPictureAside: RelativeBox(x0 + 0.5, y0 + 0.5, x1 + 0.5, y1 + 0.5)
    case .halved: RelativeBox(x0 / 2, y0 / 2, x1 / 2, y1 / 2)
    case .doubled: RelativeBox(x0 * 2, y0 * 2, x1 * 2, y1 * 2)
    case .cornersAsSizes: RelativeBox(x0, y0, x0 + x1, y0 + y1)
    case .sizesAsCorners: RelativeBox(x0, y0, width, height)
    case .centresAsCorners:
      RelativeBox(x0 + width / 2, y0 + height / 2, x1 + width / 2, y1 + height / 2)
    case .cornersAsCentres:
      RelativeBox(x0 - width / 2, y0 - height / 2, x1 - width / 2, y1 - height / 2)
    }
  }

  @Test func `right edges that were cut off tell nothing of a width`() {
    #expect(BoxPlacement.cornersAsSizes.righted(RelativeBox(0.1, 0.1, 1, 0.9), in: sides) == nil)
  }

  private struct RidgeFigures: Decodable {
    let rows: [[Double]]
    let pictures: [Int]
    let weights: [Double]
    let targets: [[Double]]
    let predictions: [[Double]]
  }

  @Test func `held-out ridge regression has numpy's figures, to 1e-9`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "ridge", withExtension: "json", subdirectory: "Fixtures"))
    let figures = try JSONDecoder().decode(RidgeFigures.self, from: Data(contentsOf: url))
    let ridge = HeldOutRidge(
      Tensor(figures.rows.flatMap { $0 }, shape: [6, 2]), pictures: figures.pictures,
      weights: figures.weights)
    let predictions = ridge.predictions(
      of: Tensor(figures.targets.flatMap { $0 }, shape: [6, 2]))
    let found: [Double] = predictions.contiguous().scalars()
    for (found, expected) in zip(found, figures.predictions.flatMap { $0 }) {
      #expect(abs(found - expected) < 1e-9)
    }
  }

  @Test
  func `sums over cells are those of the pixels, between them in proportion, and nothing outside`()
    throws
  {
    let picture = PictureChannels(Tensor.zeros([3, 10, 20]))
    func areas(_ columns: [Double], _ rows: [Double]) -> [Double] {
      picture.cells(
        columns: Tensor(columns, shape: [1, columns.count]),
        rows: Tensor(rows, shape: [1, rows.count])
      ).areas.contiguous().scalars()
    }
    #expect(areas([0, 0.5, 1], [0, 1]) == [100, 100])
    #expect(areas([-1, 0.025], [0.5, 2]) == [2.5])
    #expect(areas([1.5, 2], [0, 1]) == [0])
  }

  @Test func `edges drop where an object ends, whatever box is taken for the object`() throws {
    // Stripes of 1 pixel from 40 to 80, on a plain picture.
    var pixels = [Float](repeating: 0.5, count: 120 * 120)
    for y in 40..<80 { for x in 40..<80 { pixels[y * 120 + x] = x % 4 < 2 ? 1 : 0 } }
    let picture = PictureChannels(Tensor(pixels + pixels + pixels, shape: [3, 120, 120]))
    let own = RelativeBox(1 / 3, 1 / 3, 2 / 3, 2 / 3)
    for (box, scale) in [(own, 2), (own.scaled(by: 0.5), 4), (own.scaled(by: 2), 0)] {
      let drops = try #require(EdgeProfile.profiles(of: [box], in: picture).first).drops
      let greatest = drops.indices.max { drops[$0] ?? 0 < drops[$1] ?? 0 }
      #expect(greatest == scale, "\(drops)")
    }
  }

  @Test func `boxes that end at the right far more often than at the left were cut off`() {
    func count(left: Int, right: Int, of boxes: Int) -> Bool {
      var borders = BorderCount()
      for box in 0..<boxes {
        borders.add(RelativeBox(box < left ? 0 : 0.1, 0, box >= boxes - right ? 1 : 0.9, 1))
      }
      return borders.isCutAtTheRight
    }
    #expect(count(left: 3, right: 27, of: 54))
    #expect(!count(left: 3, right: 5, of: 54))
    #expect(!count(left: 0, right: 20, of: 400))
    #expect(!count(left: 200, right: 300, of: 1000))
  }

  @Test func `an estimate over objects is no surer than its pictures are alike`() throws {
    let apart = try #require(Estimate([[1, 1, 1], [0, 0, 0]]))
    #expect(apart.mean == 0.5)
    #expect(apart.error == 0.5)
    let even = try #require(Estimate([[1, 0], [0, 1]], leastDeviation: 0.2))
    #expect(even.error == 0.1)
    #expect(Estimate([[], []]) == nil)
  }

  @Test
  func `outlines that lie elsewhere than their boxes are reported where they are many`() throws {
    let set = try DrawnSet()
    set.addImage("p.png", width: 64, height: 64)
    for turned in [false, true, true] {
      let y = turned ? 40.0 : 4
      set.addAnnotation(
        1, .at(4, 4, 20, 20),
        segmentation: .polygons(Polygons([[4, y, 20, y, 20, y + 16, 4, y + 16]])))
    }
    let fit = OutlineFit(set.samples)
    #expect(fit.outlines == 3)
    #expect(fit.fault?.hasPrefix("2 of 3 masks lie elsewhere than their boxes") == true)
  }
}
