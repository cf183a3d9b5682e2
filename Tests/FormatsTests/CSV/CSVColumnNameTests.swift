import Testing

@testable import Formats

@Suite("Names of columns")
struct CSVColumnNameTests {
  /// A header, and what the columns hold by it: the picture, the class, the box's columns.
  struct Header: Sendable, CustomTestStringConvertible {
    var names: String
    var image: String
    var label: String?
    var box: String
    var numbers = CSVColumns.Numbers.corners

    var testDescription: String { names }
  }

  static let headers = [
    Header(
      names: "Width,Height,Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path", image: "Path",
      label: "ClassId", box: "Roi.X1 Roi.Y1 Roi.X2 Roi.Y2"),
    Header(
      names:
        "Filename,Annotation tag,Upper left corner X,Upper left corner Y,Lower right corner X,"
        + "Lower right corner Y,Occluded,Origin file", image: "Filename", label: "Annotation tag",
      box: "Upper left corner X,Upper left corner Y,Lower right corner X,Lower right corner Y"),
    Header(
      names: "patientId,x,y,width,height,Target", image: "patientId", label: "Target",
      box: "x y width height", numbers: .extent),
    Header(
      names: ",bbox_x1,bbox_y1,bbox_x2,bbox_y2,class,fname", image: "fname", label: "class",
      box: "bbox_x1 bbox_y1 bbox_x2 bbox_y2"),
    Header(
      names: "imgName,xTopLeft,yTopLeft,xBottomRight,yBottomRight,objectClass", image: "imgName",
      label: "objectClass", box: "xTopLeft yTopLeft xBottomRight yBottomRight"),
    Header(
      names: "Image Index,Finding Label,Bbox [x,y,w,h]", image: "Image Index",
      label: "Finding Label", box: "Bbox [x,y,w,h]", numbers: .extent),
    Header(
      names: "slide_id,BBoxXMin,BBoxYMin,BBoxXMax,BBoxYMax,cell_type", image: "slide_id",
      label: "cell_type", box: "BBoxXMin BBoxYMin BBoxXMax BBoxYMax"),
    Header(
      names: "frame,min_row,min_col,max_row,max_col,label", image: "frame", label: "label",
      box: "min_col min_row max_col max_row"),
    Header(
      names: "relative_im_path,plate_left,plate_top,plate_right,plate_bottom",
      image: "relative_im_path",
      box: "plate_left plate_top plate_right plate_bottom"),
    Header(
      names: "photo_id,tr_x,tr_y,bl_x,bl_y,species", image: "photo_id", label: "species",
      box: "bl_x tr_y tr_x bl_y"),
    Header(
      names: "image_name,xmin,xmax,ymin,ymax,class_id", image: "image_name", label: "class_id",
      box: "xmin ymin xmax ymax"),
    Header(
      names: "img_id,label_id,cx,cy,bw,bh", image: "img_id", label: "label_id", box: "cx cy bw bh",
      numbers: .centre),
    Header(
      names: "video_id,video_frame,image_id,x1,y1,w,h", image: "image_id", box: "x1 y1 w h",
      numbers: .extent),
    Header(
      names: "file,xmin,ymin,xmax,ymax,x1,y1,x2,y2,x3,y3,x4,y4", image: "file",
      box: "xmin ymin xmax ymax"),
  ]

  @Test(arguments: headers)
  func `words say what columns hold`(_ header: Header) throws {
    let names = header.names.split(separator: ",", omittingEmptySubsequences: false).map(
      String.init)
    var finder = try CSVColumnFinder(names)
    let found = finder.columns()
    let columns = try #require(found)
    let separator: Character = header.box.contains(",") ? "," : " "
    let box =
      header.box.contains("[")
      ? names.suffix(4) : header.box.split(separator: separator).map(String.init)[...]
    #expect(names[columns.image] == header.image)
    #expect(columns.label.map { names[$0] } == header.label)
    #expect(columns.form.columns.map { names[$0] } == Array(box))
    #expect(columns.numbers == header.numbers)
  }

  @Test(
    arguments: [
      ("name,x1,y1,x2,y2,x3,y3,x4,y4,label", 8), ("name,x0,y0,x1,y1,x2,y2,x3,y3", 8),
      ("file,tl_x,tl_y,tr_x,tr_y,br_x,br_y,bl_x,bl_y", 8),
      ("name,p1_x,p1_y,p2_x,p2_y,p3_x,p3_y", 6),
      ("set,path,label,x_min,y_min,x_max,y_min,x_max,y_max,x_min,y_max", 8),
      ("name,x1,y1,x2,y2,x3,y3,x4,label", nil), ("name,x1,y1,x2,y2,x3", nil),
      ("file,tl_x,tl_y,tr_x,tr_y,br_x,br_y,label", nil),
    ])
  func `corners of quadrilaterals are taken together or not at all`(
    _ sample: (header: String, columns: Int?)
  ) throws {
    var finder = try CSVColumnFinder(sample.header.split(separator: ",").map(String.init))
    guard let columns = finder.columns() else {
      #expect(sample.columns == nil)
      return
    }
    guard case .points(let points) = columns.form else {
      Issue.record("expected corners, found \(columns.form)")
      return
    }
    #expect(points.count == sample.columns)
  }

  @Test(
    arguments: [
      "image,face_x1,face_y1,face_x2,face_y2,eye_x1,eye_y1,eye_x2,eye_y2",
      "image,bbox1_x,bbox1_y,bbox1_w,bbox1_h,bbox2_x,bbox2_y,bbox2_w,bbox2_h",
      "image,x,y", "image,x1,y1,x3,y3", "mask_path,xmin,ymin,xmax,ymax",
      "annotation_id,x,y,w,h", "class_name,x,y,w,h", "image,lefty,righty,width,height",
    ])
  func `names that say too little are no box`(_ header: String) throws {
    var finder = try CSVColumnFinder(header.split(separator: ",").map(String.init))
    #expect(finder.columns() == nil)
  }

  @Test(
    arguments: [
      ("XMin", [CSVWord.x, .low]), ("imagefilename", [.picture, .file, .name]),
      ("BBoxX1", [.box, .x, .number(1)]),
      ("Lower right corner Y", [.lower, .right, .filler, .y]), ("text", [.other("text")]),
      ("why", [.other("why")]), ("imgW", [.picture, .w]), ("xtl", [.x, .top, .left]),
    ])
  func `names are cut into words`(_ sample: (name: String, words: [CSVWord])) {
    #expect(CSVWord.words(of: sample.name) == sample.words)
  }
}
