/// The formats that can be read.
public enum Importers {
  public static let all: [any Importer.Type] = [
    COCOImporter.self,
    CSVImporter.self,
    InstanceMasksImporter.self,
    PascalVOCImporter.self,
    YOLOImporter.self,
  ]
}
