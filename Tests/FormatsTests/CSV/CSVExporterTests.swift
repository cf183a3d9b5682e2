import COCO
import Formats
import Testing

@Suite struct CSVExporterTests {
  @Test func `an object is a row under TensorFlow's header`() throws {
    let exported = try exporter("csv").export([oneCrab()])
    #expect(
      exported.texts == [
        "annotations.csv": """
        filename,width,height,class,xmin,ymin,xmax,ymax
        a.jpg,100,50,crab,10,5,30,15

        """
      ])
    #expect(exported.losses.isEmpty)
  }

  @Test func `splits and attributes have columns`() throws {
    let texts = try exporter("csv").export([beach(split: "train"), oneCrab()]).texts
    #expect(
      texts["annotations.csv"] == """
        filename,width,height,class,xmin,ymin,xmax,ymax,split,colour,difficult,legs,occluded,pose,\
        truncated,weight
        a.jpg,320,240,palm: tall,190,67,256,139,train,,false,,true,Left,1,
        a.jpg,320,240,crab,48.24,0.5,195.97,12.5,train,"red, ""dark"" <2>",,8,,,,0.25
        süd/b & c.png,64,48,crab,1,2,11,22,train,,,,,,,
        süd/empty.png,10,20,,,,,,train,,,,,,,
        a.jpg,100,50,crab,10,5,30,15,,,,,,,,

        """)
  }

  @Test func `crowds have a column`() throws {
    let exported = try exporter("csv").export([
      oneCrab { dataset in
        dataset.annotations[0].isCrowd = 1
        dataset.images.append(Image(id: 2, fileName: "b.jpg", width: 1, height: 1))
      }
    ])
    #expect(
      exported.texts["annotations.csv"] == """
        filename,width,height,class,xmin,ymin,xmax,ymax,iscrowd
        a.jpg,100,50,crab,10,5,30,15,1
        b.jpg,1,1,,,,,,

        """)
    #expect(exported.count("crowd regions") == 0)
  }

  @Test(arguments: [
    ("crab", "crab"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    ("a\r\nb", "\"a\r\nb\""), (" a", "\" a\""), ("a ", "\"a \""), ("a;b", "\"a;b\""),
    ("a\tb", "\"a\tb\""), ("a b", "a b"), ("'a'", "\"'a'\""), ("ü", "ü"), ("", ""),
  ])
  func `fields are quoted where they must be`(name: String, written: String) throws {
    let exported = try exporter("csv").export([oneCrab { $0.categories[0].name = name }])
    let text = try #require(exported.texts["annotations.csv"])
    #expect(text.unicodeScalars.contains(",50,\(written),10,".unicodeScalars))
  }

  @Test func `a size that is not known is left empty`() throws {
    let exported = try exporter("csv").export([oneCrab { $0.images[0].width = 0 }])
    #expect(exported.texts["annotations.csv"]?.contains("\na.jpg,,50,crab,") == true)
  }

  @Test(
    arguments: [
      ("image_width", 1), ("Subset", 1), ("WKT", 1), ("class", 1), ("is_group_of", 1),
      ("list", [1]), ("nothing", .null), ("empty", ""),
    ] as [(String, JSONValue)])
  func `an attribute that no column can hold is counted`(name: String, value: JSONValue) throws {
    let exported = try exporter("csv").export([
      oneCrab { $0.annotations[0].attributes = JSONObject([.init(name: name, value: value)]) }
    ])
    #expect(exported.count("annotations written without all of their attributes") == 1)
    #expect(try exported.texts == exporter("csv").export([oneCrab()]).texts)
  }

  @Test func `pictures of one name are counted`() throws {
    let exported = try exporter("csv").export([
      oneCrab { $0.images.append(Image(id: 2, fileName: "a.jpg", width: 100, height: 50)) }
    ])
    #expect(exported.count("images merged") == 1)
  }
}
