import Hummingbird

/// The page: the files of `Page/`, which the program holds.
enum PageFiles {
  static let all: [(path: String, type: String, bytes: [UInt8])] = [
    ("/", "text/html; charset=utf-8", PackageResources.index_html),
    ("/style.css", "text/css; charset=utf-8", PackageResources.style_css),
    ("/icon.svg", "image/svg+xml", PackageResources.icon_svg),
    ("/app.js", script, PackageResources.app_js),
    ("/catalogue.js", script, PackageResources.catalogue_js),
    ("/dom.js", script, PackageResources.dom_js),
    ("/drawing.js", script, PackageResources.drawing_js),
    ("/filters.js", script, PackageResources.filters_js),
    ("/grid.js", script, PackageResources.grid_js),
    ("/marks.js", script, PackageResources.marks_js),
    ("/picture.js", script, PackageResources.picture_js),
    ("/zoom.js", script, PackageResources.zoom_js),
  ]
  private static let script = "text/javascript; charset=utf-8"

  static func addRoutes(to router: Router<BasicRequestContext>) {
    for file in all {
      router.get(RouterPath(file.path)) { _, _ in
        Response(
          status: .ok, headers: [.contentType: file.type],
          body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
      }
    }
  }
}
