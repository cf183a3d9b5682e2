import TestSupport
import Testing

@testable import Images

@Suite struct UprightJPEGTests {
  /// The picture of whole blocks with another orientation in its EXIF block.
  private static func blocks(_ orientation: Int) throws -> [UInt8] {
    var bytes = try fixtures.bytes("turning/blocks.jpg")
    let tag: [UInt8] = [0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01]
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: tag) })
    bytes[place + tag.count + 1] = UInt8(orientation)
    return bytes
  }

  @Test(arguments: 2...8)
  func `a picture is stored as it was shown`(orientation: Int) throws {
    let bytes = try Self.blocks(orientation)
    let stored = try Bitmap.decode(bytes)
    let turned = try #require(UprightJPEG.turned(bytes))
    let header = try ImageHeader.parse(turned)
    #expect(header.orientation == 1)
    let before = try ImageHeader.parse(bytes)
    #expect([header.width, header.height] == [before.uprightWidth, before.uprightHeight])
    let upright = try Bitmap.decode(turned)
    for y in 0..<upright.height {
      for x in 0..<upright.width {
        let place = CellOrder.stored(x, y, upright.width, upright.height, orientation)
        // The inverse transform rounds rows and columns in another order.
        #expect(abs(Int(upright[x: x, y: y]) - Int(stored.pixels[place])) <= 1)
      }
    }
  }

  @Test func `what is upright already is left alone`() throws {
    #expect(UprightJPEG.turned(try Self.blocks(1)) == nil)
    #expect(UprightJPEG.turned(try fixtures.bytes("rgb.jpg")) == nil)
    #expect(UprightJPEG.turned(try fixtures.bytes("grey8.png")) == nil)
  }

  @Test func `what would lose the blocks at its edge is left alone`() throws {
    #expect(UprightJPEG.turned(try fixtures.bytes("orientation6-ii.jpg")) == nil)
  }

  @Test func `a file that is cut is left alone`() throws {
    let bytes = try Self.blocks(6)
    for count in [0, 2, 30, bytes.count / 2] {
      #expect(UprightJPEG.turned(Array(bytes.prefix(count))) == nil)
    }
  }
}
