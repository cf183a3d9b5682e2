import Files
import Testing

@Suite struct TextUnitTests {
  static let marks: [([UInt8], TextUnit, Int)] = [
    ([0xFF, 0xFE, 0x61, 0x00], .utf16LittleEndian, 2),
    ([0xFE, 0xFF, 0x00, 0x61], .utf16BigEndian, 2),
    ([0xEF, 0xBB, 0xBF, 0x61], .byte, 3), ([0x61], .byte, 0), ([], .byte, 0), ([0xFF], .byte, 0),
  ]

  @Test(arguments: marks)
  func `the mark at the beginning says the unit`(bytes: [UInt8], unit: TextUnit, mark: Int) {
    #expect(TextUnit(bytes) == unit)
    #expect(unit.byteOrderMark(of: bytes) == mark)
  }

  @Test(arguments: [TextUnit.utf16LittleEndian, .utf16BigEndian])
  func `units are read in either order, and half a unit is left out`(unit: TextUnit) {
    let units: [UInt16] = [0x0061, 0xD83E, 0xDD65, 0x20AC]
    let bytes = units.flatMap { code -> [UInt8] in
      let pair = [UInt8(code & 0xFF), UInt8(code >> 8)]
      return unit == .utf16LittleEndian ? pair : pair.reversed()
    }
    #expect(unit.codeUnits(of: bytes) == units)
    #expect(unit.codeUnits(of: ([UInt8](repeating: 0, count: 2) + bytes)[2...]) == units)
    #expect(unit.codeUnits(of: bytes.dropLast()) == Array(units.dropLast()))
    #expect(unit.codeUnits(of: [UInt8]()) == [])
  }
}
