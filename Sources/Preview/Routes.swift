import FlyingFox
import Foundation
import NotebookRunner
import Reporting

/// The routes of a preview. All of them are behind the ``Gate``.
struct Routes: Sendable {
  let preview: NotebookPreview

  /// The paths that always exist; others are those of the run's files.
  static let fixed = ["/", "/page.js", "/preview.js", "/preview.css", "/live"]

  /// The server's only handler.
  func handle(_ request: HTTPRequest) async throws -> HTTPResponse {
    var response =
      switch request.path {
      case "/": text(PreviewPage.html(preview.board), type: "text/html; charset=utf-8")
      case "/page.js": text(PageParts.script, type: "text/javascript; charset=utf-8")
      case "/preview.js": asset(PackageResources.preview_js, type: "text/javascript; charset=utf-8")
      case "/preview.css": asset(PackageResources.preview_css, type: "text/css; charset=utf-8")
      case "/live":
        try await WebSocketHTTPHandler(handler: MessageFrameWSHandler(handler: Tab(preview: preview)))
          .handleRequest(request)
      default: file(at: request.path)
      }
    for (name, value) in PlainResponse.security { response.headers[HTTPHeader(name)] = value }
    return response
  }

  private func text(_ text: String, type: String) -> HTTPResponse { asset(Array(text.utf8), type: type) }

  private func asset(_ bytes: [UInt8], type: String) -> HTTPResponse {
    HTTPResponse(statusCode: .ok, headers: [.contentType: type], body: Data(bytes))
  }

  /// A file that the page links to, as a download or a picture. It is found by its whole name among those that exist: no
  /// path is put together from a request. Nothing that runs in a browser is served from a run's folder.
  private func file(at path: String) -> HTTPResponse {
    guard let name = path.removingPercentEncoding, let file = preview.files[name] else {
      return HTTPResponse(statusCode: .notFound, body: Data("There is no such file.\n".utf8))
    }
    let url = URL(fileURLWithPath: file)
    guard let data = try? Data(contentsOf: url) else {
      return HTTPResponse(statusCode: .notFound, body: Data("The file cannot be read.\n".utf8))
    }
    let type = Self.types[url.pathExtension.lowercased()] ?? "application/octet-stream"
    return HTTPResponse(statusCode: .ok, headers: [.contentType: type], body: data)
  }

  private static let types = [
    "png": "image/png", "txt": "text/plain; charset=utf-8", "log": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8", "json": "application/json",
  ]
}
