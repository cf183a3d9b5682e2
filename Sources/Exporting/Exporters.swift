/// The formats that can be written.
public enum Exporters {
  public static let all: [any Exporter.Type] = [
    COCOExporter.self,
    PascalVOCExporter.self,
    YOLOExporter.self,
    CSVExporter.self,
  ]
}
