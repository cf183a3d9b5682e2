import COCO
import Testing

@Suite("Short JSON texts")
struct JSONTextParserTests {
  @Test(
    "one value is read, with blanks around it",
    arguments: [
      ("[1, 2.5]", [1, 2.5] as JSONValue), (" {\"a\": null} \n", .object(["a": .null])),
      ("\"x\"", "x"), ("5", 5), ("[]", .array([])), ("true", true),
    ])
  func reads(text: String, value: JSONValue) {
    #expect(JSONTextParser().value(text) == value)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", " ", "[1", "1,2", "1]", "[1]]", "[1],", "[1] x", "{\"a\" 1}", "]", "1],[2", "\"x",
    ])
  func refuses(text: String) {
    #expect(JSONTextParser().value(text) == nil)
  }
}
