/// The work of a pass on an image. An object, so that threads can call it without counting references.
final class ImageBody {
  let run: (Frame) -> Void

  init(run: @escaping (Frame) -> Void) { self.run = run }
}
