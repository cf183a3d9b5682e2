import Images
import TestSupport
import Testing

@Suite struct HeaderFixtureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let header: ImageHeader
    var testDescription: String { name }

    init?(_ fields: [String]) {
      guard
        fields.count == 9, let format = ImageFormat(rawValue: fields[1]),
        let width = Int(fields[2]), let height = Int(fields[3]), let channels = Int(fields[4]),
        let bitDepth = Int(fields[5]), let colourModel = ColourModel(rawValue: fields[6]),
        let orientation = Int(fields[8])
      else { return nil }
      name = fields[0]
      header = ImageHeader(
        format: format, width: width, height: height, channels: channels, bitDepth: bitDepth,
        colourModel: colourModel, hasAlpha: fields[7] == "1", orientation: orientation)
    }

    static let all = fixtures.table("headers.tsv").compactMap(Case.init)
  }

  @Test func `every fixture is a case`() {
    #expect(Case.all.count == 92)
  }

  @Test(arguments: Case.all)
  func `a files header is what pillow reads`(_ fixture: Case) throws {
    #expect(try ImageHeader.read(path: fixtures.path(fixture.name)) == fixture.header)
  }

  @Test(arguments: Case.all)
  func `bytes in memory give the files header`(_ fixture: Case) throws {
    #expect(try ImageHeader.parse(fixtures.bytes(fixture.name)) == fixture.header)
  }

  @Test(arguments: [(1, 7, 5), (4, 7, 5), (5, 5, 7), (8, 5, 7)])
  func `orientations from five swap the upright size`(
    _ orientation: Int, _ width: Int, _ height: Int
  ) {
    let header = ImageHeader(
      format: .jpeg, width: 7, height: 5, channels: 3, bitDepth: 8, colourModel: .rgb,
      orientation: orientation)
    #expect([header.uprightWidth, header.uprightHeight] == [width, height])
  }
}
