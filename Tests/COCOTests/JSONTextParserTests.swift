import COCO
import Testing

@Suite("Short JSON texts")
struct JSONTextParserTests {
  @Test(
    arguments: [
      ("[1, 2.5]", [1, 2.5] as JSONValue), (" {\"a\": null} \n", .object(["a": .null])),
      ("\"x\"", "x"), ("5", 5), ("[]", .array([])), ("true", true),
    ])
  func `one value is read, with blanks around it`(text: String, value: JSONValue) {
    #expect(JSONTextParser().value(text) == value)
  }

  @Test(
    arguments: [
      "", " ", "[1", "1,2", "1]", "[1]]", "[1],", "[1] x", "{\"a\" 1}", "]", "1],[2", "\"x",
    ])
  func `anything else is none`(text: String) {
    #expect(JSONTextParser().value(text) == nil)
  }
}
