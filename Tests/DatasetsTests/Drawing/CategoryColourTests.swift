import COCO
import Images
import Testing

@testable import Datasets

@Suite("Colours of categories")
struct CategoryColourTests {
  private func categories(_ names: [String]) -> [COCO.Category] {
    names.enumerated().map { COCO.Category(id: $0 + 1, name: $1) }
  }

  @Test func `the order of categories in a file does not matter`() {
    let names = (1...40).map { "class \($0)" }
    let colours = CategoryColours(categories(names))
    let reversed = CategoryColours(categories(names.reversed()))
    for name in names { #expect(colours.colour(of: name) == reversed.colour(of: name)) }
  }

  @Test func `sixteen categories have sixteen colours`() {
    for start in [0, 100, 200, 300] {
      let names = (start..<start + 16).map { "\($0)" }
      let colours = CategoryColours(categories(names))
      #expect(Set(names.map { colours.colour(of: $0) }).count == 16)
    }
  }

  @Test func `of a hundred categories none shares its colour with more than six others`() {
    let names = (0..<100).map { "\($0)" }
    let colours = CategoryColours(categories(names))
    let counts = Dictionary(grouping: names) { colours.colour(of: $0) }.values.map(\.count)
    #expect(counts.max() ?? 0 <= 7)
  }

  @Test
  func
    `a category that stands alone has the colour that it has among those it does not collide with`()
  {
    let all = CategoryColours(categories(["person", "car", "raccoon"]))
    for name in ["person", "car", "raccoon"] {
      #expect(CategoryColours(categories([name])).colour(of: name) == all.colour(of: name))
    }
  }

  @Test func `labels are readable on every colour of the palette`() {
    for colour in CategoryColours.palette {
      #expect(colour.contrast(with: colour.textColour) >= 4.5)
    }
  }
}
