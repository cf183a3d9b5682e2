/// The formats that can be read.
public enum Importers {
  public static let all: [any Importer.Type] = [
    COCOImporter.self,
    InstanceMasksImporter.self,
    PascalVOCImporter.self,
  ]
}
