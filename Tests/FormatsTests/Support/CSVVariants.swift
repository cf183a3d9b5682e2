import Testing

/// The same three boxes in every form that tables come in.
enum CSVVariants {
  static let truth = [
    "a.gif cat 10 20 30 40", "a.gif dog 0 8 50 64", "b.gif cat 5 4 20 10",
  ]

  struct Variant: Sendable, CustomTestStringConvertible {
    var name: String
    var table: [UInt8]
    var columns: [String: String] = [:]

    init(_ name: String, _ table: String, columns: [String: String] = [:]) {
      self.init(name, Array(table.utf8), columns: columns)
    }

    init(_ name: String, _ table: [UInt8], columns: [String: String] = [:]) {
      self.name = name
      self.table = table
      self.columns = columns
    }

    var testDescription: String { name }
  }

  static let all = headers + dialects + forms

  static let tensorFlow = """
    filename,width,height,class,xmin,ymin,xmax,ymax
    a.gif,100,80,cat,10,20,40,60
    a.gif,100,80,dog,0,8,50,72
    b.gif,50,40,cat,5,4,25,14

    """

  static let headers = [
    Variant("TensorFlow", tensorFlow),
    Variant(
      "other names, case and order",
      """
      Y_Max,X_Max,Label Name,Y_Min,X_Min,Image_Path
      60,40,cat,20,10,a.gif
      72,50,dog,8,0,a.gif
      14,25,cat,4,5,b.gif
      """),
    Variant(
      "x1 to y2",
      "img,category,x1,y1,x2,y2\na.gif,cat,10,20,40,60\na.gif,dog,0,8,50,72\nb.gif,cat,5,4,25,14"),
    Variant(
      "x0 to y1",
      "image,name,x0,y0,x1,y1\na.gif,cat,10,20,40,60\na.gif,dog,0,8,50,72\nb.gif,cat,5,4,25,14"),
    Variant(
      "edges",
      """
      file_name,cell_type,left,top,right,bottom
      a.gif,cat,10,20,40,60
      a.gif,dog,0,8,50,72
      b.gif,cat,5,4,25,14
      """),
    Variant(
      "extents",
      "image,x,y,w,h,class\na.gif,10,20,30,40,cat\na.gif,0,8,50,64,dog\nb.gif,5,4,20,10,cat"),
    Variant(
      "extents called width and height, with the picture's beside them",
      """
      label_name,bbox_x,bbox_y,bbox_width,bbox_height,image_name,image_width,image_height
      cat,10,20,30,40,a.gif,100,80
      dog,0,8,50,64,a.gif,100,80
      cat,5,4,20,10,b.gif,50,40
      """),
    Variant(
      "width and height beside a corner",
      """
      image,x,y,width,height,class
      a.gif,10,20,30,40,cat
      a.gif,0,8,50,64,dog
      b.gif,5,4,20,10,cat
      """),
    Variant(
      "centres",
      """
      path,class_name,x_center,y_center,width,height
      a.gif,cat,25,40,30,40
      a.gif,dog,25,40,50,64
      b.gif,cat,15,9,20,10
      """),
    Variant(
      "chosen by name",
      "p,q,r,s,t,u\na.gif,10,20,40,60,cat\na.gif,0,8,50,72,dog\nb.gif,5,4,25,14,cat",
      columns: [
        "image": "p", "xmin": "q", "ymin": "r", "xmax": "S", "ymax": "t", "class": "u",
      ]),
    Variant(
      "chosen by number, without a header",
      "cat;a.gif;10;20;30;40\ndog;a.gif;0;8;50;64\ncat;b.gif;5;4;20;10",
      columns: ["class": "1", "image": "2", "x": "3", "y": "4", "w": "5", "h": "6"]),
    Variant(
      "chosen by number, with a header",
      "c;i;p;q;r;s\ncat;a.gif;10;20;30;40\ndog;a.gif;0;8;50;64\ncat;b.gif;5;4;20;10",
      columns: ["class": "1", "image": "2", "x": "3", "y": "4", "w": "5", "h": "6"]),
  ]

  static let dialects = [
    Variant("semicolons", tensorFlow.replacing(",", with: ";")),
    Variant("tabs", tensorFlow.replacing(",", with: "\t")),
    Variant("blanks", tensorFlow.replacing(",", with: " ")),
    Variant(
      "aligned by blanks", tensorFlow.replacing(",", with: "   ").replacing("\n", with: "  \n")),
    Variant(
      "decimal commas in quotes",
      "image,class,x,y,w,h\na.gif,cat,\"10,0\",\"20,0\",\"30,00\",40\na.gif,dog,0,\"8,0\",50,\"64,0\"\n"
        + "b.gif,cat,5,4,20,\"1,0e1\"\n"),
    Variant("bars", tensorFlow.replacing(",", with: "|")),
    Variant("blanks behind commas", tensorFlow.replacing(",", with: ", ")),
    Variant("CRLF", tensorFlow.replacing("\n", with: "\r\n")),
    Variant("CR", tensorFlow.replacing("\n", with: "\r")),
    Variant("byte order mark", [0xEF, 0xBB, 0xBF] + Array(tensorFlow.utf8)),
    Variant("UTF-16, little end first", utf16([0xFF, 0xFE], tensorFlow, isBigEndian: false)),
    Variant("UTF-16, big end first", utf16([0xFE, 0xFF], tensorFlow, isBigEndian: true)),
    Variant("blank lines", tensorFlow.replacing("\n", with: "\n\n,,,,,,,\n")),
    Variant("Excel's sep=", "sep=;\n" + tensorFlow.replacing(",", with: ";")),
    Variant(
      "everything in quotes",
      tensorFlow.replacing(",", with: "\",\"").split(separator: "\n").map { "\"\($0)\"" }
        .joined(separator: "\n")),
    Variant(
      "single quotes",
      "filename,class,xmin,ymin,xmax,ymax\n'a.gif','cat',10,20,40,60\n"
        + "'a.gif','dog','0',8,50,72\n'b.gif','cat',5,4,25,14\n"),
    Variant(
      "decimal commas",
      "image;class;x;y;w;h\na.gif;cat;10,0;20,0;30,00;40\na.gif;dog;0;8,0;50;64,0\n"
        + "b.gif;cat;5;4;20;1,0e1\n"),
    Variant(
      "pandas' index and surplus commas",
      """
      ,filename,class,xmin,ymin,xmax,ymax
      0,a.gif,cat,10.0,20.0,40.0,60.0,,
      1,a.gif,dog,0.0,8.0,50.0,72.0
      2,b.gif,cat,5.0,4.0,25.0,14.0
      """),
  ]

  static let forms = [
    Variant(
      "RetinaNet",
      "a.gif,10,20,40,60,cat\na.gif,0,8,50,72,dog\nc.gif,,,,,\nb.gif,5,4,25,14,cat"),
    Variant(
      "OpenImages",
      """
      ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf
      a,verification,cat,1,0.1,0.4,0.25,0.75,0,0,0
      a,verification,dog,1,0,0.5,0.1,0.9,0,0,1
      b,xclick,cat,1,0.1,0.5,0.1,0.35,-1,-1,-1
      """),
    Variant(
      "Kaggle's lists",
      """
      image_id,width,height,bbox,class
      a,100,80,"[10.0, 20.0, 30.0, 40.0]",cat
      a,100,80,"[0, 8, 50, 64]",dog
      b,50,40,"[5 4 20 10]",cat
      """),
    Variant(
      "lists of lists",
      """
      image_id,bboxes,label
      a,"[[10.0, 20.0, 30.0, 40.0]]",cat
      a,"[(0, 8, 50, 64)]",dog
      b,"[[5, 4, 20, 10]]",cat
      """),
    Variant(
      "VIA",
      #"""
      #filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes
      a.gif,13,"{}",2,0,"{""name"":""rect"",""x"":10,""y"":20,""width"":30,""height"":40}","{""class"":""cat""}"
      a.gif,13,"{}",2,1,"{""name"":""polygon"",""all_points_x"":[0,50,50,0],""all_points_y"":[8,8,72,72]}","{""class"":""dog""}"
      c.gif,13,"{}",0,0,"{}","{}"
      b.gif,13,"{}",1,0,"{""name"":""ellipse"",""cx"":15,""cy"":9,""rx"":10,""ry"":5}","{""class"":""cat""}"
      """#),
    Variant(
      "well-known text",
      """
      image,class,WKT
      a.gif,cat,"POLYGON ((10 20, 40 20, 40 60, 10 60, 10 20))"
      a.gif,dog,"MULTIPOLYGON Z (((0 8 1, 50 8 1, 50 72 1)), ((0 8 1, 1 8 1, 1 9 1)))"
      b.gif,cat,"SRID=0;polygon((5 4,25 4,25 14,5 14,5 4))"
      """),
    Variant(
      "lists of corners",
      """
      image,class,geometry
      a.gif,cat,"[(10, 20), (40, 20), (40, 60), (10, 60)]"
      a.gif,dog,"[[0, 8, 50, 8, 50, 72]]"
      b.gif,cat,"[5, 4, 25, 4, 25, 14]"
      """),
  ]

  private static func utf16(_ mark: [UInt8], _ text: String, isBigEndian: Bool) -> [UInt8] {
    mark
      + text.utf16.flatMap { unit in
        let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
        return isBigEndian ? bytes.reversed() : bytes
      }
  }
}
